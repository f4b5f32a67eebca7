import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { openWebgpu } from './devices/webgpu.browser.js';
import { whyNoWebgpu } from './host/browser-gpu.js';

/**
 * ONNX Runtime on the browser's WebGPU. Whoever imports this has named the device, so `'auto'` is WebGPU too,
 * in software as well. Throws `DeviceError` when that can not run.
 */
export function createBackend({ device = 'auto', ...options }: BackendOptions = {}): Promise<Backend> {
  const table = { webgpu: { open: openWebgpu, ruleOut: whyNoWebgpu } };
  return openBackend('onnx', table, { ...options, device: device === 'auto' ? 'webgpu' : device });
}
