import { type DeclaredTable, loadCode, whyNoWasm, whyNoWebgpu } from '@strata/core';
import type { declaration } from '../declaration.js';

/** What tfjs can run on in a page or a worker. Each library is loaded when its device is opened, not before. */
export const devices: DeclaredTable<typeof declaration, 'browser'> = {
  webgpu: {
    ruleOut: whyNoWebgpu,
    open: async (options, selection) => (await loadCode(import('./webgpu.browser.js'))).openWebgpu(options, selection),
  },
  webgl: { open: async (options, selection) => (await loadCode(import('./webgl.js'))).openWebgl(options, selection) },
  wasm: {
    ruleOut: whyNoWasm,
    open: async (options, selection) => (await loadCode(import('./wasm.browser.js'))).openWasm(options, selection),
  },
  js: { open: async (options, selection) => (await loadCode(import('./js.js'))).openJs(options, selection) },
};
