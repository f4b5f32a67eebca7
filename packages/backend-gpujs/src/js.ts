import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { openJs } from './devices/js.js';

/** gpu.js on plain JavaScript. Throws `DeviceError` when that can not run. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('gpujs', { js: { open: openJs } }, { ...options, device: 'js' });
}
