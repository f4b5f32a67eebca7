import { sigmoid as sigmoidKernel } from '@tensorflow/tfjs-core';
import { elementwise } from './shared/elementwise.js';
import type { Lowering } from './types.js';

/** y = 1 / (1 + e^−x), on any rank. */
export const sigmoid: Lowering<'sigmoid'> = {
  prepare:
    () =>
    ([x]) => ({ shape: x.shape, tensor: elementwise(x.tensor, sigmoidKernel) }),
};
