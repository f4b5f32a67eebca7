import { type DeclaredTable, loadCode, whyNoWasm } from '@strata/core';
import type { declaration } from '../declaration.js';

type Table = DeclaredTable<typeof declaration, 'node'> & DeclaredTable<typeof declaration, 'browser'>;

/** The devices of gpu.js, in Node and in a browser alike. The library is loaded when one is opened, not before. */
export const devices: Table = {
  webgpu: {
    open: async (options, selection) => (await loadCode(import('./webgpu.js'))).openWebgpu(options, selection),
  },
  webgl: { open: async (options, selection) => (await loadCode(import('./webgl.js'))).openWebgl(options, selection) },
  wasm: {
    ruleOut: whyNoWasm,
    open: async (options, selection) => (await loadCode(import('./wasm.js'))).openWasm(options, selection),
  },
  js: { open: async (options, selection) => (await loadCode(import('./js.js'))).openJs(options, selection) },
};
