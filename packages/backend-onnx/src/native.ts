import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { openNative } from './devices/native.js';

/** ONNX Runtime on the CPU through onnxruntime-node. Throws `DeviceError` when that can not run. */
export function createBackend(options?: BackendOptions): Promise<Backend> {
  return openBackend('onnx', { native: { open: openNative } }, options);
}
