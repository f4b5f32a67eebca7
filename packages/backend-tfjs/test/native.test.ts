import { DeviceError } from '@strata/core';
import { expect, it } from 'vitest';
import * as cuda from '../src/doors/cuda.js';
import { createBackend } from '../src/doors/native.js';
import { testContract } from './support/contract.js';
import { testTrials } from './support/test-trials.js';

const missing = await reasonNotToRun();
if (missing === undefined) {
  testTrials('native', () => createBackend(), 15);
  testContract('native', () => createBackend(), { batch: 16, depth: 60 });

  it('native and cuda are not both opened in one process', async () => {
    await expect(cuda.createBackend()).rejects.toMatchObject({ code: 'DEVICE' });
    await expect(cuda.createBackend()).rejects.toThrow('a process of its own');
  });
} else {
  console.warn(`tests of tfjs on native and cuda are left out: ${missing}`);

  it('native names the package when it is not installed', () => {
    expect(missing).toMatch(/@tensorflow\/tfjs-node/);
  });
}

async function reasonNotToRun(): Promise<string | undefined> {
  try {
    await (await createBackend()).dispose();
    return undefined;
  } catch (error) {
    if (error instanceof DeviceError) return error.message;
    throw error;
  }
}
