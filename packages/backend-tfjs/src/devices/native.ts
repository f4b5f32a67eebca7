import type { Backend, BackendOptions, Selection } from '@strata/core';
import { openTensorflow } from './tensorflow.js';

/** TensorFlow on the CPU, through `@tensorflow/tfjs-node` or `@tensorflow/tfjs-node-gpu`. */
export async function openNative(options: BackendOptions, selection: Selection): Promise<Backend> {
  return openTensorflow('native', options, selection);
}
