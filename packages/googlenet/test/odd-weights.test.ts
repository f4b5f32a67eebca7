import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { WeightsError } from '@strata/core';
import { oddValues, untyped } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../src/checkpoints/read-checkpoint.js';
import { shippedWeights } from '../src/checkpoints/shipped.js';

describe('weights', () => {
  it('are taken from views, shared memory and other realms', async () => {
    const bytes = new Uint8Array(await readFile(shippedWeights('seed')));
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    const foreign: Uint8Array = runInNewContext('new Uint8Array(n)', { n: bytes.length });
    foreign.set(bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (const source of [shared, foreign, view]) expect((await readCheckpoint(source, undefined)).classes).toBe(10);
  });

  it.each(oddValues.filter(([name]) => !/text|undefined|View|Buffer|\dArray/.test(name)))(
    'that are %s are called by their name',
    async (name, value) => {
      const error = await readCheckpoint(untyped(value), undefined).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(WeightsError);
      expect(String(error)).toContain(`weights: ${name}, want the path, URL or bytes of a file of weights`);
    },
  );

  it.each(oddValues)('of which one is %s are called by their name', async (name, value) => {
    const error = await readCheckpoint({ fc: untyped(value) }, undefined).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WeightsError);
    expect(String(error)).toContain(`weights: 'fc': ${name}, want a tensor`);
  });
});
