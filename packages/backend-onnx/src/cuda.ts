import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { openCuda } from './devices/cuda.js';
import { whyNoCuda } from './host/nvidia.js';

/**
 * ONNX Runtime on an NVIDIA GPU through onnxruntime-node. Whoever imports this has named the device.
 * Throws `DeviceError` when that can not run.
 */
export function createBackend({ device = 'auto', ...options }: BackendOptions = {}): Promise<Backend> {
  const table = { cuda: { open: openCuda, ruleOut: whyNoCuda } };
  return openBackend('onnx', table, { ...options, device: device === 'auto' ? 'cuda' : device });
}
