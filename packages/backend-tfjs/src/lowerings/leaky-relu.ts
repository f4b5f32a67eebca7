import { add, leakyRelu as leakyReluKernel, maximum, minimum, mul, scalar, type Tensor } from '@tensorflow/tfjs-core';
import { elementwise } from './shared/elementwise.js';
import type { Lowering } from './types.js';

/**
 * y = x where x ≥ 0, alpha·x below, on any rank. WebGL's own kernel multiplies by 0 or 1, so infinity became NaN; there
 * it is max(x, 0) + alpha·min(x, 0), of which one is zero.
 */
export const leakyRelu: Lowering<'leakyRelu'> = {
  prepare:
    ({ attributes: { alpha } }, { traits }) =>
    ([x]) => {
      const apply = traits.reluTakesInfinity
        ? (flat: Tensor) => leakyReluKernel(flat, alpha)
        : (flat: Tensor) => add<Tensor>(maximum(flat, scalar(0)), mul(minimum(flat, scalar(0)), scalar(alpha)));
      return { shape: x.shape, tensor: elementwise(x.tensor, apply) };
    },
};
