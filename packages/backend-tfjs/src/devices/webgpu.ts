import { type Backend, type BackendOptions, openBackend, type Selection } from '@strata/core';
import { openWebgpu } from './webgpu-device.js';

/** WebGPU in Node, on Dawn. */
export async function open(options: BackendOptions, selection: Selection): Promise<Backend> {
  const source = await import('./dawn.js');
  return openWebgpu(source, options, selection);
}

/** The backend on device `webgpu`. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('tfjs', { webgpu: { open } }, { ...options, device: 'webgpu' });
}
