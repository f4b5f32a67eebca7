import { ShapeError } from '../errors.js';
import { formatShape, sumOf } from '../tensor/shape.js';
import { checkWhole } from './check.js';
import type { OpSpec } from './op-spec.js';

/** Attributes of `pad`. */
export interface PadAttributes {
  /** Elements added before each axis, a number an axis. */
  readonly before: readonly number[];
  /** Elements added after each axis, a number an axis. */
  readonly after: readonly number[];
  /** What is added: a finite number, which is rounded to float32. */
  readonly value: number;
}

/**
 * The input in a larger tensor that holds `value` elsewhere. Any rank; NaN and infinities of the input pass.
 * ONNX Pad-19 of mode constant, without its negative pads, which cut; PyTorch `pad` names the last axis first.
 */
export const padSpec: OpSpec<PadAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: ({ value }) => (value >= 0 ? 'asInputs' : 'any'),
  identity: ({ before, after }) => ([...before, ...after].every((count) => count === 0) ? 'always' : 'never'),
  commutes: () => 'no',
  inferShape: (where, { before, after, value }, [x]) => {
    for (const [what, counts] of [
      ['before', before],
      ['after', after],
    ] as const) {
      for (const count of counts) checkWhole(where, what, count, 0);
      if (counts.length === x.length) continue;
      throw new ShapeError({
        where,
        got: `${what} ${formatShape(counts)} for ${formatShape(x)}`,
        want: `${x.length} numbers, one an axis`,
      });
    }
    if (!Number.isFinite(Math.fround(value))) {
      throw new ShapeError({ where, got: `value ${value}`, want: 'a finite float32 number' });
    }
    return x.map((size, axis) => sumOf([size, before[axis] + after[axis]]));
  },
  multiplyAdds: () => 0,
};
