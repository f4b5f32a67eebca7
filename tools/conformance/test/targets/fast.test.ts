import { computeKinds } from '@strata/core';
import { expect, it } from 'vitest';
import { loadCases } from '../../src/cases/load.js';
import { knownGaps } from '../../src/gaps.js';
import { describeTarget } from './describe-target.js';
import { presentTargets } from './present.js';

for (const target of await presentTargets('fast')) describeTarget(target, 100);

it('lists gaps by case or op, dated, and at most three distinct cases', async () => {
  const cases = (await loadCases()).map(({ name }) => name);
  for (const { what, since } of knownGaps) {
    expect([...cases, ...computeKinds]).toContain(what);
    expect(since).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
  expect(new Set(knownGaps.map(({ what }) => what)).size).toBeLessThanOrEqual(3);
});
