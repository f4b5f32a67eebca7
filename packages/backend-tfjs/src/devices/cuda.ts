import { type Backend, type BackendOptions, openBackend, type Selection } from '@strata/core';
import { openTensorflow, ruleOutTensorflow } from './tensorflow.js';

/** TensorFlow on an NVIDIA GPU, through `@tensorflow/tfjs-node-gpu`. */
export async function open(options: BackendOptions, selection: Selection): Promise<Backend> {
  return openTensorflow('cuda', options, selection);
}

/** Why the device can not be here, told without loading its library. */
export function ruleOut(): string | undefined {
  return ruleOutTensorflow('cuda');
}

/** The backend on device `cuda`. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('tfjs', { cuda: { open, ruleOut } }, { ...options, device: 'cuda' });
}
