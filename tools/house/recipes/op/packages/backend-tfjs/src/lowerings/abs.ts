import { abs as absKernel } from '@tensorflow/tfjs-core';
import { elementwise } from './shared/elementwise.js';
import type { Lowering } from './types.js';

export const abs: Lowering<'abs'> = {
  prepare:
    () =>
    ([x]) => ({ shape: x.shape, tensor: elementwise(x.tensor, absKernel) }),
};
