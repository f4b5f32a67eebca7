import { add as addKernel } from '@tensorflow/tfjs-core';
import { broadcasted } from './shared/broadcasted.js';
import type { Lowering } from './types.js';

export const add: Lowering<'add'> = { prepare: () => (inputs) => broadcasted(addKernel, inputs) };
