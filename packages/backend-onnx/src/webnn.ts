import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { openWebnn } from './devices/webnn.js';
import { whyNoWebnn } from './host/browser-ml.js';

/**
 * ONNX Runtime on the browser's WebNN. Whoever imports this has named the device.
 * Throws `DeviceError` when that can not run.
 */
export function createBackend({ device = 'auto', ...options }: BackendOptions = {}): Promise<Backend> {
  const table = { webnn: { open: openWebnn, ruleOut: whyNoWebnn } };
  return openBackend('onnx', table, { ...options, device: device === 'auto' ? 'webnn' : device });
}
