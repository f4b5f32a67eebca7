import { type Backend, type BackendOptions, type DeviceTable, openBackend } from '@strata/core';
import { whyNoGpu } from './host/gpus.js';
import { whyNoCuda } from './host/nvidia.js';

/** The devices that Node has. A library is loaded when its device is opened, not before. */
const devices: DeviceTable = {
  cuda: {
    ruleOut: whyNoCuda,
    open: async (options, selection) => (await import('./devices/cuda.js')).openCuda(options, selection),
  },
  webgpu: {
    // `auto` takes no software renderer; to load a library just to find one is slow.
    ruleOut: ({ device = 'auto' }) => (device === 'auto' ? whyNoGpu() : undefined),
    open: async (options, selection) => (await import('./devices/webgpu.js')).openWebgpu(options, selection),
  },
  native: { open: async (options, selection) => (await import('./devices/native.js')).openNative(options, selection) },
  wasm: { open: async (options, selection) => (await import('./devices/wasm.js')).openWasm(options, selection) },
};

/** ONNX Runtime on the device that `options` name. Throws `DeviceError` when that can not run. */
export function createBackend(options?: BackendOptions): Promise<Backend> {
  return openBackend('onnx', devices, options);
}
