import type { DeclaredTable } from '@strata/core';
import type { declaration } from '../declaration.js';

/** The devices in Node, each loaded when it is opened. */
export const devices: DeclaredTable<typeof declaration, 'node'> = {
  webgpu: { open: async () => (await import('./webgpu.js')).openWebgpu() },
  js: { open: async (options, selection) => (await import('./js.js')).openJs(options, selection) },
};
