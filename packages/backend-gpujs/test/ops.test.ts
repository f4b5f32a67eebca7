import type { Backend } from '@strata/core';
import { failureOf, failureOfOwnership, trialSubjects } from '@strata/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackend } from '../src/index.js';
import { everywhere } from './support/devices.js';

describe.each(everywhere)('$title agrees with the reference', ({ title: _, ...options }) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await createBackend(options);
  });
  afterAll(() => backend.dispose());

  it('keeps nothing of the caller, and gives nothing of its own away', async () => {
    expect(await failureOfOwnership(backend)).toBe('');
  });

  it.each(trialSubjects)('on %s', async (subject) => {
    expect(await failureOf(backend, subject, 12)).toBe('');
  });
});
