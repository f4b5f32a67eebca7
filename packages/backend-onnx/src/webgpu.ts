import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { openWebgpu } from './devices/webgpu.js';

/**
 * ONNX Runtime on WebGPU, in Node through onnxruntime-node. Whoever imports this has named the device, so `'auto'` is WebGPU too,
 * in software as well. Throws `DeviceError` when that can not run.
 */
export function createBackend({ device = 'auto', ...options }: BackendOptions = {}): Promise<Backend> {
  return openBackend(
    'onnx',
    { webgpu: { open: openWebgpu } },
    { ...options, device: device === 'auto' ? 'webgpu' : device },
  );
}
