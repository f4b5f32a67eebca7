import type { Backend } from '@strata/core';
import { type CheckOptions, type CheckResult, type TrialSubject, trialSubjects, trySubject } from '@strata/trials';
import { checkPrecision } from '../precision/check-precision.js';
import { checkCases } from './check-cases.js';

/** What can be checked: all that trials are made of, the official cases, the precision. */
export type Subject = TrialSubject | 'cases' | 'precision';

/** Everything that can be checked, in order. */
export const allSubjects: readonly Subject[] = [...trialSubjects, 'cases', 'precision'];

/**
 * One subject on one backend. The official cases and the precision are always checked in full: `options` is for what is
 * drawn. Never throws for what the backend does wrong; `InputError` for a law that does not exist.
 */
export async function checkSubject(backend: Backend, subject: Subject, options: CheckOptions): Promise<CheckResult> {
  if (subject === 'cases') return checkCases(backend);
  if (subject === 'precision') return checkPrecision(backend);
  return trySubject(backend, subject, options);
}
