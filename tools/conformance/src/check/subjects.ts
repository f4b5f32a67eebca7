import { type Backend, type ComputeKind, computeKinds, InputError } from '@strata/core';
import { checkLaw, laws } from '../laws/index.js';
import { checkPrecision } from '../precision/check-precision.js';
import { checkCases } from './check-cases.js';
import { checkGraphs, checkOp } from './check-op.js';
import type { CheckOptions, CheckResult } from './search.js';

/** What can be checked: an op, random graphs of them all, a law by its name, the official cases, the precision. */
export type Subject = ComputeKind | 'graph' | `law: ${string}` | 'cases' | 'precision';

/** Everything that can be checked, in order. */
export const allSubjects: readonly Subject[] = [
  ...computeKinds,
  'graph',
  ...laws.map(({ name }) => `law: ${name}` as const),
  'cases',
  'precision',
];

/**
 * Trials of a subject where `runs` are asked for. Random graphs get twice as many, for all passes and every way to join
 * share them; a law gets a quarter, for several stand beside each op's own trials.
 */
export function trialsOf(subject: Subject, runs: number): number {
  if (subject === 'graph') return 2 * runs;
  return subject.startsWith('law: ') ? Math.ceil(runs / 4) : runs;
}

/**
 * One subject on one backend. The official cases and the precision are always checked whole: `options` is for what is
 * drawn. Never throws for what the backend does wrong; `InputError` for a law that does not exist.
 */
export async function checkSubject(backend: Backend, subject: Subject, options: CheckOptions): Promise<CheckResult> {
  if (subject === 'cases') return checkCases(backend);
  if (subject === 'precision') return checkPrecision(backend);
  if (subject === 'graph') return checkGraphs(backend, options);
  const law = laws.find(({ name }) => subject === `law: ${name}`);
  if (law !== undefined) return checkLaw(backend, law, options);
  const op = computeKinds.find((kind) => kind === subject);
  if (op !== undefined) return checkOp(backend, op, options);
  throw new InputError({ where: 'subject', got: `'${subject}'`, want: allSubjects.join(', ') });
}
