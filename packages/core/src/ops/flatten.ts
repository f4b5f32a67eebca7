import { ShapeError } from '../errors.js';
import { formatShape, productOf } from '../tensor/shape.js';
import type { Along, OpSpec } from './op-spec.js';

/** Attributes of `flatten`. */
export interface FlattenAttributes extends Along {
  /** First axis of the second half, from −rank to rank; 1 keeps the batch. */
  readonly axis: number;
}

/** [d₀ … dₙ] → [d₀·…·d(axis−1), d(axis)·…·dₙ], always two axes. ONNX Flatten-13. */
export const flattenSpec: OpSpec<FlattenAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: true,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, { axis }, [x]) => {
    const cut = axis < 0 ? axis + x.length : axis;
    if (!Number.isInteger(cut) || cut < 0 || cut > x.length) {
      throw new ShapeError({
        where,
        got: `axis ${axis} for ${formatShape(x)}`,
        want: `a whole number from ${-x.length} to ${x.length}`,
      });
    }
    return [productOf(x.slice(0, cut)), productOf(x.slice(cut))];
  },
  multiplyAdds: () => 0,
};
