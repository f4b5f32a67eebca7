import { clone } from '@tensorflow/tfjs-core';
import type { Lowering } from './types.js';

/** Identity at inference: a second handle on the same data. */
export const dropout: Lowering<'dropout'> = {
  prepare:
    () =>
    ([x]) => ({ shape: x.shape, tensor: clone(x.tensor) }),
};
