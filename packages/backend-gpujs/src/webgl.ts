import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { openWebgl } from './devices/webgl.js';

/** gpu.js on WebGL 2, or OpenGL in Node. Throws `DeviceError` when that can not run. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('gpujs', { webgl: { open: openWebgl } }, { ...options, device: 'webgl' });
}
