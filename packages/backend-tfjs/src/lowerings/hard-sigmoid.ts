import { add, clipByValue, mul, scalar, type Tensor } from '@tensorflow/tfjs-core';
import { elementwise } from './shared/elementwise.js';
import type { Lowering } from './types.js';

/** y = max(0, min(1, alpha·x + beta)), on any rank. */
export const hardSigmoid: Lowering<'hardSigmoid'> = {
  prepare:
    ({ attributes: { alpha, beta } }) =>
    ([x]) => {
      const apply = (flat: Tensor) => clipByValue(add(mul(flat, scalar(alpha)), scalar(beta)), 0, 1);
      return { shape: x.shape, tensor: elementwise(x.tensor, apply) };
    },
};
