import type { DeviceTable } from '@strata/core';

/** What tfjs can run on in a page or a worker. Each library is loaded when its device is opened, not before. */
export const devices: DeviceTable = {
  webgpu: {
    ruleOut: () =>
      'gpu' in navigator ? undefined : 'this browser has no WebGPU, or the page is not served by https or localhost',
    open: async (options, selection) => (await import('./devices/webgpu.browser.js')).open(options, selection),
  },
  webgl: { open: async (options, selection) => (await import('./devices/webgl.js')).open(options, selection) },
  wasm: { open: async (options, selection) => (await import('./devices/wasm.browser.js')).open(options, selection) },
  js: { open: async (options, selection) => (await import('./devices/js.js')).open(options, selection) },
};
