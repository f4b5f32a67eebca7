import { failureOf, trialSubjects } from '@strata/trials';
import { expect, it } from 'vitest';
import { createBackend } from '../src/doors/js.js';

const backend = await createBackend();

it.each(trialSubjects)('on %s', async (subject) => {
  expect(await failureOf(backend, subject, 3)).toBe('');
});
