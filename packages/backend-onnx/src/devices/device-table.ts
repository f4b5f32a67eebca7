import { type DeclaredTable, loadCode, whyNoWasm } from '@strata/core';
import type { declaration } from '../declaration.js';
import { whyNoGpu } from '../host/gpus.js';
import { whyNoCuda } from '../host/nvidia.js';

/** The devices that Node has. A library is loaded when its device is opened, not before. */
export const devices: DeclaredTable<typeof declaration, 'node'> = {
  cuda: {
    ruleOut: whyNoCuda,
    open: async (options, selection) => (await loadCode(import('./cuda.js'))).openCuda(options, selection),
  },
  webgpu: {
    // `auto` takes no software renderer; loading a library only to find one is slow.
    ruleOut: ({ device = 'auto' }) => (device === 'auto' ? whyNoGpu() : undefined),
    open: async (options, selection) => (await loadCode(import('./webgpu.js'))).openWebgpu(options, selection),
  },
  native: {
    open: async (options, selection) => (await loadCode(import('./native.js'))).openNative(options, selection),
  },
  wasm: {
    ruleOut: whyNoWasm,
    open: async (options, selection) => (await loadCode(import('./wasm.js'))).openWasm(options, selection),
  },
};
