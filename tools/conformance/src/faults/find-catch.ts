import type { Backend } from '@strata/core';
import { loadCases } from '../cases/load.js';
import { rebuildCase } from '../cases/rebuild/index.js';
import { runCase } from '../cases/run-case.js';
import type { CheckOptions, CheckResult } from '../check/search.js';
import { checkSubject, type Subject, trialsOf } from '../check/subjects.js';
import { checkLaw, laws } from '../laws/index.js';
import { probePrecision } from '../precision/probe.js';
import type { FaultOp } from './fault.js';

/** What found a backend to be wrong. */
export interface Catch {
  /** An op, `graph`, `law: …`, `case: …`, or `precision probe`. */
  readonly by: string;
  /** Which trial of it was the first to fail, from 1. */
  readonly trial: number;
}

/** As many as the suite makes by default (`describeBackend`). */
const defaultRuns = 100;

/**
 * What the default suite has for these ops, up to its first failure: trials, laws, official cases, precision. A failing
 * trial is not made smaller. `undefined` when all pass.
 */
export async function findCatch(backend: Backend, ops: readonly FaultOp[], seed: number): Promise<Catch | undefined> {
  const optionsFor = (subject: Subject) =>
    ({ runs: trialsOf(subject, defaultRuns), seed, shrink: false }) satisfies CheckOptions;
  for (const op of ops) {
    const result = await checkSubject(backend, op, optionsFor(op));
    if (isWrong(result)) return { by: op, trial: result.checked };
  }
  for (const law of laws.filter((one) => one.ops.some((op) => ops.includes(op)))) {
    const result = await checkLaw(backend, law, optionsFor(`law: ${law.name}`));
    if (isWrong(result)) return { by: result.op, trial: result.checked };
  }
  for (const source of await loadCases()) {
    if (!rebuildCase(source).graph.nodes.some(({ op }) => ops.some((named) => named === op))) continue;
    const { name, outcome } = await runCase(source, backend);
    if (outcome === 'failed' || outcome === 'broken') return { by: `case: ${name}`, trial: 1 };
  }
  return (await probePrecision(backend)).lies ? { by: 'precision probe', trial: 1 } : undefined;
}

/** Nothing checked is as wrong as a failure: a fault must not hide as a gap. */
function isWrong({ failed, checked }: CheckResult): boolean {
  return failed > 0 || checked === 0;
}
