import * as js from '@strata/backend-gpujs/js';
import * as wasm from '@strata/backend-gpujs/wasm';
import { expect, it } from 'vitest';

it('binds a sub-path to its device', async () => {
  const opened = await Promise.all([js.createBackend(), wasm.createBackend({ device: 'auto', threads: 1 })]);
  expect(opened.map(({ device }) => device)).toEqual(['js', 'wasm']);
  for (const backend of opened) await backend.dispose();
  await expect(wasm.createBackend({ device: 'js' })).rejects.toThrow(
    'gpujs/js: a device that this backend does not have here, want wasm, auto',
  );
});
