import { type Backend, type BackendOptions, openBackend, type Selection } from '@strata/core';
import { openTensorflow, ruleOutTensorflow } from './tensorflow.js';

/** TensorFlow on the CPU, through `@tensorflow/tfjs-node` or `@tensorflow/tfjs-node-gpu`. */
export async function open(options: BackendOptions, selection: Selection): Promise<Backend> {
  return openTensorflow('native', options, selection);
}

/** Why the device can not be here, told without loading its library. */
export function ruleOut(): string | undefined {
  return ruleOutTensorflow('native');
}

/** The backend on device `native`. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('tfjs', { native: { open, ruleOut } }, { ...options, device: 'native' });
}
