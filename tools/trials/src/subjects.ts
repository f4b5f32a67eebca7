import { type Backend, type ComputeKind, computeKinds, InputError } from '@strata/core';
import fc from 'fast-check';
import { checkGraphs, checkNames, checkOp, checkTrials, checkTwins } from './check/check-op.js';
import { formatFailure } from './check/format.js';
import type { CheckOptions, CheckResult } from './check/search.js';
import { knownTrials } from './known-trials.js';
import { checkLaw, laws } from './laws/index.js';
import { checkStateful } from './stateful/check-stateful.js';

/**
 * What is tried on a backend: an op, random graphs of them all, such graphs with names that trip libraries up, two nodes
 * that differ in one attribute, programs that use it as they may, or a law or a known trap by its name.
 */
export type TrialSubject =
  | ComputeKind
  | 'graph'
  | 'names'
  | 'twins'
  | 'stateful'
  | `law: ${string}`
  | `known: ${string}`;

/** Everything that is tried, in order. An op of core's table is here as soon as it is there. */
export const trialSubjects: readonly TrialSubject[] = [
  ...computeKinds,
  'graph',
  'names',
  'twins',
  'stateful',
  ...laws.map(({ name }) => `law: ${name}` as const),
  ...Object.keys(knownTrials).map((name) => `known: ${name}` as const),
];

/**
 * Trials of a subject where `runs` are asked for. Random graphs get twice as many, for all passes and every way to join
 * share them; a law gets a quarter, for several stand beside each op's own trials, and so do programs, each of which makes
 * many runs; a known trap is always the same.
 */
export function countTrials(subject: string, runs: number): number {
  if (subject === 'graph') return 2 * runs;
  if (subject.startsWith('known: ')) return 1;
  return subject === 'stateful' || subject.startsWith('law: ') ? Math.ceil(runs / 4) : runs;
}

/** One subject on one backend. Never throws for what the backend does wrong; `InputError` for an unknown subject. */
export async function trySubject(
  backend: Backend,
  subject: TrialSubject,
  options: CheckOptions = {},
): Promise<CheckResult> {
  if (subject === 'graph') return checkGraphs(backend, options);
  if (subject === 'names') return checkNames(backend, options);
  if (subject === 'twins') return checkTwins(backend, options);
  if (subject === 'stateful') return checkStateful(backend, options);
  const law = laws.find(({ name }) => subject === `law: ${name}`);
  if (law !== undefined) return checkLaw(backend, law, options);
  const known = Object.entries(knownTrials).find(([name]) => subject === `known: ${name}`);
  if (known !== undefined) return checkTrials(backend, subject, fc.constant(known[1]), { ...options, runs: 1 });
  const op = computeKinds.find((kind) => kind === subject);
  if (op !== undefined) return checkOp(backend, op, options);
  throw new InputError({ where: 'subject', got: `'${subject}'`, want: trialSubjects.join(', ') });
}

/**
 * What is wrong with a subject on a backend, as text for people; empty when all its trials ran and were right. For
 * tests: `it.each(trialSubjects)('%s', async (subject) => expect(await failureOf(backend, subject, 20)).toBe(''))`.
 */
export async function failureOf(backend: Backend, subject: TrialSubject, runs: number): Promise<string> {
  const result = await trySubject(backend, subject, { runs: countTrials(subject, runs) });
  const refused = result.gaps.map(({ reason, trials }) => `${trials} trials were refused: ${reason}`);
  return [formatFailure(result), ...refused].filter((text) => text !== '').join('\n');
}
