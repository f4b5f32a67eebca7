import { type DeclaredTable, loadCode, whyNoWasm } from '@strata/core';
import type { declaration } from '../declaration.js';

/** What tfjs can run on in Node. Each library is loaded when its device is opened, not before. */
export const devices: DeclaredTable<typeof declaration, 'node'> = {
  cuda: { open: async (options, selection) => (await loadCode(import('./cuda.js'))).openCuda(options, selection) },
  webgpu: {
    open: async (options, selection) => (await loadCode(import('./webgpu.js'))).openWebgpu(options, selection),
  },
  native: {
    open: async (options, selection) => (await loadCode(import('./native.js'))).openNative(options, selection),
  },
  wasm: {
    ruleOut: whyNoWasm,
    open: async (options, selection) => (await loadCode(import('./wasm.js'))).openWasm(options, selection),
  },
  js: { open: async (options, selection) => (await loadCode(import('./js.js'))).openJs(options, selection) },
};
