import { maximum, relu as reluKernel, scalar } from '@tensorflow/tfjs-core';
import { elementwise } from './shared/elementwise.js';
import type { Lowering } from './types.js';

/** y = max(x, 0), on any rank. WebGL's own kernel multiplies by 0 or 1, so minus infinity became NaN. */
export const relu: Lowering<'relu'> = {
  prepare:
    (_, { traits }) =>
    ([x]) => {
      const apply = traits.reluTakesInfinity ? reluKernel : (flat: typeof x.tensor) => maximum(flat, scalar(0));
      return { shape: x.shape, tensor: elementwise(x.tensor, apply) };
    },
};
