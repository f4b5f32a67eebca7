import type { DeclaredTable } from '@strata/core';
import type { declaration } from '../declaration.js';

/** The devices in a browser, each loaded when it is opened. */
export const devices: DeclaredTable<typeof declaration, 'browser'> = {
  webgl: { open: async () => (await import('./webgl.js')).openWebgl() },
  js: { open: async (options, selection) => (await import('./js.js')).openJs(options, selection) },
};
