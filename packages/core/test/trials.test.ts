import { failureOf, generators, trialSubjects } from '@strata/trials';
import { expect, it } from 'vitest';
import { computeKinds } from '../src/ops/op-table.js';
import { defaultPasses } from '../src/passes/default-passes.js';
import { delayActivation } from '../src/passes/delay-activation.js';
import { createReferenceBackend } from '../src/reference/reference-backend.js';

it('has trials of every op', () => {
  expect(Object.keys(generators).sort()).toEqual([...computeKinds].sort());
});

it.each(trialSubjects)('computes %s right behind all passes', async (subject) => {
  const backend = createReferenceBackend({ passes: [...defaultPasses, delayActivation] });
  expect(await failureOf(backend, subject, 6)).toBe('');
});
