import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { openWasm } from './devices/wasm.js';

/** gpu.js on WebAssembly. Throws `DeviceError` when that can not run. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('gpujs', { wasm: { open: openWasm } }, { ...options, device: 'wasm' });
}
