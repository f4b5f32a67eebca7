import { dearCompiles } from '@strata/trials';
import { expect, it } from 'vitest';
import { createBackend } from '../src/index.js';

it.each(['js', 'wasm'] as const)(
  'compiling on %s goes through weights in loops, not with a call for each',
  async (device) => {
    const backend = await createBackend({ device });
    const dear = await dearCompiles(backend, process);
    await backend.dispose();
    expect(dear).toEqual([]);
  },
);
