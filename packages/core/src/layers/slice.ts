import { normaliseAxis } from '../tensor/shape.js';
import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `slice`. */
export interface SliceOptions {
  /** Negative counts from the end. */
  readonly axis: number;
  /** First place taken; negative counts from the end. 0 by default. */
  readonly start?: number;
  /** The place before which it ends; negative counts from the end. All that follow by default. */
  readonly end?: number;
  /** Distance of places taken, at least 1, which is the default. */
  readonly step?: number;
}

export interface SliceLayer {
  /** Some places along one axis, as NumPy's `start:end:step` takes them. At least one must be taken. */
  slice(name: string, x: Value, options: SliceOptions): Value;
}

export const slice: Layer<SliceLayer['slice']> = (writer, name, x, { axis, start = 0, end, step = 1 }) => {
  const along = normaliseAxis(axis, x.shape.length, writer.describe(name, 'slice'));
  const attributes = { axis: along, start, ...(end === undefined ? {} : { end }), step };
  return writer.add(name, [x], { op: 'slice', attributes });
};
