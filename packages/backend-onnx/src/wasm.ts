import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { openWasm } from './devices/wasm.js';

/** ONNX Runtime on WebAssembly through onnxruntime-web. Throws `DeviceError` when that can not run. */
export function createBackend(options?: BackendOptions): Promise<Backend> {
  return openBackend('onnx', { wasm: { open: openWasm } }, options);
}
