import { type Backend, type BackendOptions, type DeviceTable, openBackend } from '@strata/core';
import { whyNoWebgpu } from './host/browser-gpu.js';
import { whyNoWebnn } from './host/browser-ml.js';

/** The devices that a browser has. A library is loaded when its device is opened, not before. */
const devices: DeviceTable = {
  webgpu: {
    ruleOut: whyNoWebgpu,
    open: async (options, selection) => (await import('./devices/webgpu.browser.js')).openWebgpu(options, selection),
  },
  webnn: {
    ruleOut: whyNoWebnn,
    open: async (options, selection) => (await import('./devices/webnn.js')).openWebnn(options, selection),
  },
  wasm: { open: async (options, selection) => (await import('./devices/wasm.js')).openWasm(options, selection) },
};

/** ONNX Runtime on the device that `options` name. Throws `DeviceError` when that can not run. */
export function createBackend(options?: BackendOptions): Promise<Backend> {
  return openBackend('onnx', devices, options);
}
