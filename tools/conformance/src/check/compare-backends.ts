import { withShownReport } from '@strata/comparison';
import { type Backend, messageOf, printGraph, type Tensor } from '@strata/core';
import {
  type Agreement,
  agree,
  agreeWithEachOther,
  boundsFor,
  formatDisagreement,
  interpret,
  type Judged,
} from '@strata/core/reference';
import {
  BackendThrew,
  type CheckOptions,
  type CheckResult,
  graphTrials,
  type Inputs,
  runTrial,
  searchFailure,
  type Trial,
  type Verdict,
} from '@strata/trials';

/** How two backends agree on random networks. */
export interface ComparisonResult extends CheckResult {
  /**
   * `backend/device` of whoever is outside the reference's tolerance in the smallest failing trial; empty when none
   * failed.
   */
  readonly blamed: readonly string[];
}

interface Compared extends Verdict {
  readonly blamed: readonly string[];
}

/**
 * Runs the same random networks on two backends. They may differ by the sum of both tolerances; where they differ by
 * more, the reference decides which of them is wrong. A report widens its tolerance as far as probes show it. Never
 * throws for what a backend does wrong.
 */
export async function compareBackends(
  first: Backend,
  second: Backend,
  options: CheckOptions = {},
): Promise<ComparisonResult> {
  let blamed: readonly string[] = [];
  const believed = [await withShownReport(first), await withShownReport(second)] as const;
  const judge = async (trial: Trial) => {
    const compared = await compareOn(trial, ...believed);
    // The search judges the smallest failing trial last of all.
    blamed = compared.blamed;
    return compared;
  };
  const op = `graph against ${nameOf(second)}`;
  const result = await searchFailure(first, op, graphTrials, judge, ({ graph }) => printGraph(graph), options);
  return { ...result, blamed: result.failed === 0 ? [] : blamed };
}

async function compareOn(trial: Trial, first: Backend, second: Backend): Promise<Compared> {
  const gaps = [first, second].flatMap((backend) => backend.findGaps(trial.graph));
  if (gaps.length > 0) return { passed: true, gaps, worst: 0, text: '', blamed: [] };
  const [a, b] = [await tryRuns(trial, first), await tryRuns(trial, second)];
  const threw = [a, b].filter((side): side is Thrown => 'error' in side);
  if ('error' in a || 'error' in b) {
    const text = threw.map(({ backend, error }) => `${backend} threw: ${error}`).join('\n');
    return { passed: false, gaps, worst: Number.POSITIVE_INFINITY, text, blamed: threw.map(({ backend }) => backend) };
  }
  const verdicts = trial.runs.flatMap((inputs, run) =>
    trial.graph.outputs.map((output) =>
      compareOutput(
        trial,
        inputs,
        output,
        { backend: first, got: a.outputs[run] },
        { backend: second, got: b.outputs[run] },
      ),
    ),
  );
  const wrong = verdicts.filter(({ between }) => between.failed > 0);
  return {
    passed: wrong.length === 0,
    gaps,
    worst: verdicts.reduce((most, { between }) => Math.max(most, between.worst), 0),
    text: wrong.map(({ text }) => text).join('\n'),
    blamed: [...new Set(wrong.flatMap(({ blamed }) => blamed))],
  };
}

interface Thrown {
  readonly backend: string;
  readonly error: string;
}

async function tryRuns(
  trial: Trial,
  backend: Backend,
): Promise<{ readonly outputs: Record<string, Tensor>[] } | Thrown> {
  try {
    return { outputs: await runTrial(trial, backend) };
  } catch (error) {
    return { backend: nameOf(backend), error: messageOf(error instanceof BackendThrew ? error.cause : error) };
  }
}

interface Given {
  readonly backend: Backend;
  readonly got: Readonly<Record<string, Tensor>>;
}

function compareOutput(
  { graph, weights, structured }: Trial,
  inputs: Inputs,
  output: string,
  first: Given,
  second: Given,
): { between: Agreement; blamed: readonly string[]; text: string } {
  const judgedBy = ({ backend }: Given): Judged => {
    const judged = interpret(graph, weights, inputs, { ...boundsFor(backend, structured), outputs: [output] });
    return judged.get(output) ?? { shape: [], value: new Float64Array(), tolerance: new Float64Array() };
  };
  const [judgedFirst, judgedSecond] = [judgedBy(first), judgedBy(second)];
  const between = agreeWithEachOther(
    { got: first.got[output], judged: judgedFirst },
    { got: second.got[output], judged: judgedSecond },
  );
  const against = [
    { name: nameOf(first.backend), agreement: agree(judgedFirst, first.got[output].data) },
    { name: nameOf(second.backend), agreement: agree(judgedSecond, second.got[output].data) },
  ];
  const text = [
    formatDisagreement(between, `'${output}': ${against[0].name} (got) against ${against[1].name} (want)`),
    ...against.map(({ name, agreement }) => formatDisagreement(agreement, `${name} against the reference`)),
  ].join('\n');
  return { between, blamed: against.filter(({ agreement }) => agreement.failed > 0).map(({ name }) => name), text };
}

function nameOf({ name, device }: Backend): string {
  return `${name}/${device}`;
}
