import { ShapeError } from '../errors.js';
import { type Dim, normaliseAxis } from '../tensor/shape.js';
import { checkWhole } from './check.js';
import type { Along, OpSpec } from './op-spec.js';

/** Attributes of `slice`. */
export interface SliceAttributes extends Along {
  /** First place taken; negative counts from the end. */
  readonly start: number;
  /** The place before which it ends; negative counts from the end. Absent: all that follow. */
  readonly end?: number;
  /** Distance of places taken, at least 1. */
  readonly step: number;
}

/**
 * Every `step`-th place along one axis, from `start` until before `end`, either of which beyond the axis stands for its
 * edge. Any rank from 1; NaN and infinities pass. What takes no place is a `ShapeError`. NumPy's x[start:end:step] and
 * ONNX Slice-13 along one axis, without the negative steps of either.
 */
export const sliceSpec: OpSpec<SliceAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: true,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: ({ start, end, step }) => (start === 0 && end === undefined && step === 1 ? 'always' : 'never'),
  commutes: () => 'no',
  inferShape: (where, attributes, [x]) => {
    const { start, end, step } = attributes;
    const along = normaliseAxis(attributes.axis, x.length, where);
    for (const [what, place] of Object.entries({ start, end: end ?? 0 })) {
      if (Number.isInteger(place)) continue;
      throw new ShapeError({ where, got: `${what} ${place}`, want: 'a whole number' });
    }
    checkWhole(where, 'step', step, 1);
    return x.map((size, axis) => (axis === along ? inferPlaces(where, attributes, size) : size));
  },
  multiplyAdds: () => 0,
};

/** The first place that is taken of an axis of `size`, and how many are. */
export function placesOf(
  { start, end, step }: Omit<SliceAttributes, 'axis'>,
  size: number,
): { readonly first: number; readonly count: number } {
  const clamp = (place: number) => Math.min(Math.max(place < 0 ? place + size : place, 0), size);
  const first = clamp(start);
  return { first, count: Math.max(0, Math.ceil((clamp(end ?? size) - first) / step)) };
}

function inferPlaces(where: string, attributes: SliceAttributes, size: Dim): Dim {
  const { start, end, step } = attributes;
  const always = end !== undefined && start < 0 === end < 0 && end <= start;
  const count = typeof size === 'string' ? nameOf(size, attributes) : placesOf(attributes, size).count;
  if (!always && count !== 0) return count;
  throw new ShapeError({
    where,
    got: `no place of ${size} from ${start}${end === undefined ? '' : ` until before ${end}`} by steps of ${step}`,
    want: 'at least one',
  });
}

/** The name of the result's size where the input's is open; equal names mean equal sizes. */
function nameOf(size: string, { start, end, step }: SliceAttributes): string {
  // Cut off at either end. Nothing is left of a shorter axis, which is refused once its size is known.
  const cut = start - (end ?? 0);
  if (step === 1 && start >= 0 && (end === undefined || end < 0)) return cut === 0 ? size : `(${size}−${cut})`;
  return `${size}[${start}:${end ?? ''}${step === 1 ? '' : `:${step}`}]`;
}
