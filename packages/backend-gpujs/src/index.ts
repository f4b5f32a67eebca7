import { type Backend, type BackendOptions, type DeviceTable, openBackend } from '@strata/core';

/** The devices of gpu.js, in Node and in the browser. The library is loaded when one is opened, not before. */
const devices: DeviceTable = {
  webgpu: { open: async (options, selection) => (await import('./devices/webgpu.js')).openWebgpu(options, selection) },
  webgl: { open: async (options, selection) => (await import('./devices/webgl.js')).openWebgl(options, selection) },
  wasm: { open: async (options, selection) => (await import('./devices/wasm.js')).openWasm(options, selection) },
  js: { open: async (options, selection) => (await import('./devices/js.js')).openJs(options, selection) },
};

/** gpu.js on the device that `options` name. Throws `DeviceError` when that can not run. */
export function createBackend(options?: BackendOptions): Promise<Backend> {
  return openBackend('gpujs', devices, options);
}
