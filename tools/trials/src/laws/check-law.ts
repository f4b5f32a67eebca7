import { type Backend, printGraph } from '@strata/core';
import { agree, boundsFor, formatDisagreement, interpret, type Judged } from '@strata/core/reference';
import { BackendThrew, runTrial } from '../check/check-trial.js';
import { type CheckOptions, type CheckResult, searchFailure, type Verdict } from '../check/search.js';
import type { Law, LawCase, Side } from './law.js';

/** Tries a law on a backend. The tolerance is the sum of both sides'. Never throws for what the backend does wrong. */
export function checkLaw(backend: Backend, law: Law, options: CheckOptions = {}): Promise<CheckResult> {
  return searchFailure(
    backend,
    `law: ${law.name}`,
    law.cases,
    (instance) => judgeLaw(instance, backend),
    listGraphs,
    options,
  );
}

async function judgeLaw(instance: LawCase, backend: Backend): Promise<Verdict> {
  const where = `${backend.name}/${backend.device}`;
  const gaps = [instance.left, instance.right].flatMap(({ trials }) =>
    trials.flatMap(({ graph }) => backend.findGaps(graph)),
  );
  if (gaps.length > 0) return { passed: true, gaps, worst: 0, text: '' };
  try {
    const left = await computeSide(instance.left, backend);
    const right = await computeSide(instance.right, backend);
    const tolerance = left.tolerance.map((own, i) => own + right.tolerance[i]);
    const agreement = agree({ ...right, tolerance }, left.value);
    const text = formatDisagreement(agreement, `${where}: left (got) against right (want)`);
    return { passed: agreement.failed === 0, gaps, worst: agreement.worst, text };
  } catch (error) {
    if (!(error instanceof BackendThrew)) throw error;
    return { passed: false, gaps, worst: Number.POSITIVE_INFINITY, text: error.message };
  }
}

/** What the device gives for a side, with the tolerance that the reference has for it. */
async function computeSide({ trials, combine }: Side, backend: Backend): Promise<Judged> {
  const results: Judged[] = [];
  for (const trial of trials) {
    const { graph, weights, runs, structured } = trial;
    const [output] = graph.outputs;
    const [got] = await runTrial(trial, backend);
    const judged = interpret(graph, weights, runs[0], boundsFor(backend, structured)).get(output);
    const { shape, data } = got[output];
    results.push({
      shape,
      value: Float64Array.from(data),
      tolerance: judged?.tolerance ?? new Float64Array(data.length),
    });
  }
  return combine(results);
}

function listGraphs({ left, right }: LawCase): string {
  const list = ({ trials }: Side) => trials.map(({ graph }) => printGraph(graph)).join('\n');
  return `left:\n${list(left)}\nright:\n${list(right)}`;
}
