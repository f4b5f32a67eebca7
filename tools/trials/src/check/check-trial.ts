import { type Backend, type Gap, messageOf, type Tensor } from '@strata/core';
import { type Agreement, boundsFor, compareOutputs, interpret } from '@strata/core/reference';
import type { Trial } from '../trial.js';

/** How one output of one run agrees with the reference. */
export interface OutputResult {
  /** Which of the trial's runs, from 0. */
  readonly run: number;
  readonly output: string;
  readonly agreement: Agreement;
}

/** How a trial went on a backend. Plain data. */
export interface TrialResult {
  /** Nodes that the device cannot run; the trial was then not run at all. */
  readonly gaps: readonly Gap[];
  readonly outputs: readonly OutputResult[];
  /** Largest error as a share of its tolerance; 0 for a gap. */
  readonly worst: number;
  readonly passed: boolean;
}

/** What a backend threw at a trial, which is always right: a finding. What the reference throws is none. */
export class BackendThrew extends Error {
  override readonly name = 'BackendThrew';

  constructor({ name, device }: Backend, cause: unknown) {
    super(`${name}/${device} threw: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Compiles the trial once, makes all its runs, and compares every output with the float64 reference. `BackendThrew` when
 * the backend throws.
 */
export async function checkTrial(trial: Trial, backend: Backend): Promise<TrialResult> {
  const gaps = backend.findGaps(trial.graph);
  if (gaps.length > 0) return { gaps, outputs: [], worst: 0, passed: true };
  const outputs = (await runTrial(trial, backend)).flatMap((got, run) => judgeRun(trial, run, got, backend));
  const worst = outputs.reduce((most, { agreement }) => Math.max(most, agreement.worst), 0);
  return { gaps, outputs, worst, passed: outputs.every(({ agreement }) => agreement.failed === 0) };
}

/** The outputs of all runs of a trial, on one executable. `BackendThrew` when the backend throws. */
export async function runTrial(trial: Trial, backend: Backend): Promise<Record<string, Tensor>[]> {
  try {
    return await runAll(trial, backend);
  } catch (error) {
    throw new BackendThrew(backend, error);
  }
}

async function runAll({ graph, weights, runs }: Trial, backend: Backend): Promise<Record<string, Tensor>[]> {
  const executable = await backend.compile(graph, weights);
  try {
    const results: Record<string, Tensor>[] = [];
    for (const inputs of runs) results.push(await executable.run(inputs));
    return results;
  } finally {
    await executable.dispose();
  }
}

function judgeRun(
  { graph, weights, runs, structured }: Trial,
  run: number,
  got: Readonly<Record<string, Tensor>>,
  backend: Backend,
): OutputResult[] {
  const judged = interpret(graph, weights, runs[run], boundsFor(backend, structured));
  return [...compareOutputs(judged, got)].map(([output, agreement]) => ({ run, output, agreement }));
}
