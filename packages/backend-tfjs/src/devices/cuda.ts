import type { Backend, BackendOptions, Selection } from '@strata/core';
import { openTensorflow } from './tensorflow.js';

/** TensorFlow on an NVIDIA GPU, through `@tensorflow/tfjs-node-gpu`. */
export async function openCuda(options: BackendOptions, selection: Selection): Promise<Backend> {
  return openTensorflow('cuda', options, selection);
}
