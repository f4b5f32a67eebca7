import { mul as mulKernel } from '@tensorflow/tfjs-core';
import { broadcasted } from './shared/broadcasted.js';
import type { Lowering } from './types.js';

export const mul: Lowering<'mul'> = { prepare: () => (inputs) => broadcasted(mulKernel, inputs) };
