import type { Backend } from '@strata/core';
import { failureOf, failureOfOwnership, trialSubjects } from '@strata/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Every op, random graphs and every law against the float64 reference, on one device. */
export function testTrials(device: string, open: () => Promise<Backend>, runs: number): void {
  describe(`${device} agrees with the reference`, { timeout: 300_000 }, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await open();
    });
    afterAll(() => backend?.dispose());

    it('keeps nothing of the caller, and gives nothing of its own away', async () => {
      expect(await failureOfOwnership(backend)).toBe('');
    });

    it.each(trialSubjects)('on %s', async (subject) => {
      expect(await failureOf(backend, subject, runs)).toBe('');
    });
  });
}
