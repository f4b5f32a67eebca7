import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { openWebgpu } from './devices/webgpu.js';

/** gpu.js on WebGPU. Throws `DeviceError` when that can not run. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('gpujs', { webgpu: { open: openWebgpu } }, { ...options, device: 'webgpu' });
}
