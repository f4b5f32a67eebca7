import { type DeclaredTable, loadCode, whyNoWasm, whyNoWebgpu } from '@strata/core';
import type { declaration } from '../declaration.js';
import { whyNoWebnn } from '../host/browser-ml.js';

/** The devices that a browser has. A library is loaded when its device is opened, not before. */
export const devices: DeclaredTable<typeof declaration, 'browser'> = {
  webgpu: {
    ruleOut: () => whyNoWebgpu() ?? whyNoWasm(),
    open: async (options, selection) => (await loadCode(import('./webgpu.browser.js'))).openWebgpu(options, selection),
  },
  webnn: {
    ruleOut: () => whyNoWebnn() ?? whyNoWasm(),
    open: async (options, selection) => (await loadCode(import('./webnn.js'))).openWebnn(options, selection),
  },
  wasm: {
    ruleOut: whyNoWasm,
    open: async (options, selection) => (await loadCode(import('./wasm.js'))).openWasm(options, selection),
  },
};
