import { ShapeError } from '../errors.js';
import { formatShape } from '../tensor/shape.js';
import type { OpSpec } from './op-spec.js';

/** Attributes of `transpose`. */
export interface TransposeAttributes {
  /** For each axis of the result, the axis of the input that it is: every one once. */
  readonly permutation: readonly number[];
}

/**
 * y[i₀ … iₙ] = x with i_k along axis permutation[k]: [2,3,4] under [2,0,1] is [4,2,3]. Any rank; NaN and infinities pass.
 * ONNX Transpose-13, PyTorch `permute`.
 */
export const transposeSpec: OpSpec<TransposeAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: ({ permutation }) => (permutation.every((axis, i) => axis === i) ? 'always' : 'never'),
  commutes: () => 'no',
  inferShape: (where, { permutation }, [x]) => {
    const once = x.every((_, axis) => permutation.includes(axis));
    if (permutation.length !== x.length || !once) {
      throw new ShapeError({
        where,
        got: `permutation ${formatShape(permutation)} for ${formatShape(x)}`,
        want: x.length === 0 ? 'no axes' : `each axis from 0 to ${x.length - 1} once`,
      });
    }
    return permutation.map((axis) => x[axis]);
  },
  multiplyAdds: () => 0,
};
