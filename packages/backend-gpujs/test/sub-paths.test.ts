import * as js from '@strata/backend-gpujs/js';
import * as wasm from '@strata/backend-gpujs/wasm';
import { expect, it } from 'vitest';

it('binds a sub-path to its device', async () => {
  const opened = await Promise.all([js.createBackend(), wasm.createBackend({ device: 'js', threads: 1 })]);
  expect(opened.map(({ device }) => device)).toEqual(['js', 'wasm']);
  for (const backend of opened) await backend.dispose();
});
