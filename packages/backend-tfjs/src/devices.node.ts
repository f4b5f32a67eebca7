import type { DeviceTable } from '@strata/core';

/** What tfjs can run on in Node. Each library is loaded when its device is opened, not before. */
export const devices: DeviceTable = {
  cuda: { open: async (options, selection) => (await import('./devices/cuda.js')).open(options, selection) },
  webgpu: { open: async (options, selection) => (await import('./devices/webgpu.js')).open(options, selection) },
  native: { open: async (options, selection) => (await import('./devices/native.js')).open(options, selection) },
  wasm: { open: async (options, selection) => (await import('./devices/wasm.js')).open(options, selection) },
  js: { open: async (options, selection) => (await import('./devices/js.js')).open(options, selection) },
};
