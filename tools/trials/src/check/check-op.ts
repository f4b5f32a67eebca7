import { type Backend, type ComputeKind, printGraph } from '@strata/core';
import { formatDisagreement } from '@strata/core/reference';
import type fc from 'fast-check';
import { generators } from '../generators/table.js';
import { oddlyNamedTrials } from '../graphs/odd-names.js';
import { graphTrials } from '../graphs/random-graph.js';
import { twinTrials } from '../graphs/twins.js';
import type { Trial } from '../trial.js';
import { BackendThrew, checkTrial } from './check-trial.js';
import { type CheckOptions, type CheckResult, searchFailure, type Verdict } from './search.js';

/** Trials of one op against the float64 reference. Never throws for what the backend does wrong. */
export function checkOp(backend: Backend, op: ComputeKind, options: CheckOptions = {}): Promise<CheckResult> {
  return checkTrials(backend, op, generators[op], options);
}

/** Random networks of all ops, with branches that join, against the float64 reference. */
export function checkGraphs(backend: Backend, options: CheckOptions = {}): Promise<CheckResult> {
  return checkTrials(backend, 'graph', graphTrials, options);
}

/** Random networks whose values and sizes have names that objects and libraries trip over. */
export function checkNames(backend: Backend, options: CheckOptions = {}): Promise<CheckResult> {
  return checkTrials(backend, 'names', oddlyNamedTrials, options);
}

/** Nodes beside others that differ in one attribute. */
export function checkTwins(backend: Backend, options: CheckOptions = {}): Promise<CheckResult> {
  return checkTrials(backend, 'twins', twinTrials, options);
}

/** Trials of any kind against the float64 reference. */
export function checkTrials(
  backend: Backend,
  op: string,
  trials: fc.Arbitrary<Trial>,
  options: CheckOptions = {},
): Promise<CheckResult> {
  return searchFailure(
    backend,
    op,
    trials,
    (trial) => judge(trial, backend),
    ({ graph }) => printGraph(graph),
    options,
  );
}

async function judge(trial: Trial, backend: Backend): Promise<Verdict> {
  const where = `${backend.name}/${backend.device}`;
  try {
    const { passed, gaps, worst, outputs } = await checkTrial(trial, backend);
    const failures = outputs
      .filter(({ agreement }) => agreement.failed > 0)
      .map(({ run, output, agreement }) =>
        formatDisagreement(agreement, `${where}: run ${run + 1} of ${trial.runs.length}, '${output}'`),
      );
    return { passed, gaps, worst, text: [describeRuns(trial), ...failures].join('\n') };
  } catch (error) {
    if (!(error instanceof BackendThrew)) throw error;
    const text = `${describeRuns(trial)}\n${error.message}`;
    return { passed: false, gaps: [], worst: Number.POSITIVE_INFINITY, text };
  }
}

function describeRuns({ runs, structured }: Trial): string {
  const shapes = runs.map((run) =>
    Object.entries(run)
      .map(([name, { shape }]) => `${name}[${shape.join(',')}]`)
      .join(' '),
  );
  return `runs: ${shapes.join('; ')}${structured ? ' (structured values)' : ''}`;
}
