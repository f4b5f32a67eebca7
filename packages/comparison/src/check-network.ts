import type { Backend, Tensor } from '@strata/core';
import {
  type Agreement,
  agreeWithEachOther,
  boundsFor,
  compareOutputs,
  interpret,
  type Judged,
} from '@strata/core/reference';
import { boundsForWholeWay, type NetworkModel, runNetwork, shareOfLargest } from './model.js';
import { withShownReport } from './shown-report.js';

/** How one value agrees with the reference run from the picture on, whose tolerance carries the error of every step. */
interface WholeWay {
  readonly name: string;
  readonly fromPicture: Agreement;
  /** Largest |got − value| as a share of the largest value. */
  readonly shareOfAbsmax: number;
}

/** How one observed stage went. */
export interface StageResult extends WholeWay {
  /** Against the reference started from the stages that the backend itself gave before this one. */
  readonly agreement: Agreement;
}

/** How one of the graph's own outputs went, compiled as shipped: nothing else observed, all fusion on. */
export interface ShippedResult extends WholeWay {
  /** Against the same value of the observed run: both may be off, so within the sum of their tolerances. */
  readonly betweenRuns: Agreement;
}

/** How a whole network went on a backend. Plain data. */
export interface NetworkResult {
  readonly stages: readonly StageResult[];
  /** The first stage outside its own tolerance: where the error was made. Else the first that is off on the whole way. */
  readonly firstDiverging: string | undefined;
  readonly shipped: readonly ShippedResult[];
  readonly passed: boolean;
}

/**
 * What the reference gives for the observed stages and the graph's outputs, from the picture on, within the bounds of
 * this backend, errors carried on as independent ones: worst cases would allow nearly anything. Slow: compute it once for
 * backends that report the same precision and convolution. What the report says counts as far as probes show it.
 */
export async function referenceStages(model: NetworkModel, backend: Backend): Promise<ReadonlyMap<string, Judged>> {
  return judgeStages(model, await withShownReport(backend, model));
}

function judgeStages(
  { graph, weights, inputs, outputs }: NetworkModel,
  believed: Backend,
): ReadonlyMap<string, Judged> {
  const all = [...new Set([...outputs, ...graph.outputs])];
  return interpret(graph, weights, inputs, { ...boundsForWholeWay(believed), outputs: all });
}

/**
 * Runs a network twice: as shipped, and with all its stages observed. Both have to be within the tolerance of the whole
 * way from the picture, and of each other within the sum of theirs. Between observed stages the reference starts from
 * what the backend gave, so an error is pinned to the first stage that made it. `limit` is the largest error allowed as
 * a share of a stage's largest value, over the whole way from the picture. The bounds are those of the backend's report,
 * as far as probes show what it says.
 */
export async function checkNetwork(
  model: NetworkModel,
  backend: Backend,
  limit: number,
  given?: ReadonlyMap<string, Judged>,
): Promise<NetworkResult> {
  const believed = await withShownReport(backend, model);
  const reference = given ?? judgeStages(model, believed);
  const { graph, weights, inputs } = model;
  const outputs = [...reference.keys()];
  const observed = await runNetwork(model, backend, outputs);
  const stepwise = interpret(graph, weights, inputs, { ...boundsFor(believed, false), outputs, observed });
  const agreements = Object.fromEntries(compareOutputs(stepwise, observed));
  const stages = judgeWholeWay(reference, observed).map((stage) => ({ ...stage, agreement: agreements[stage.name] }));
  const finals = new Map([...reference].filter(([name]) => graph.outputs.includes(name)));
  const alone = await runNetwork(model, backend, graph.outputs);
  const references = Object.fromEntries(finals);
  const betweenRuns = (name: string) => {
    const judged = references[name];
    return agreeWithEachOther({ got: alone[name], judged }, { got: observed[name], judged });
  };
  const shipped = judgeWholeWay(finals, alone).map((output) => ({ ...output, betweenRuns: betweenRuns(output.name) }));
  const fits = ({ fromPicture, shareOfAbsmax }: WholeWay) => fromPicture.failed === 0 && shareOfAbsmax <= limit;
  const wrong = stages.find(({ agreement }) => agreement.failed > 0) ?? stages.find((stage) => !fits(stage));
  return {
    stages,
    firstDiverging: wrong?.name,
    shipped,
    passed: wrong === undefined && shipped.every((output) => fits(output) && output.betweenRuns.failed === 0),
  };
}

function judgeWholeWay(reference: ReadonlyMap<string, Judged>, got: Readonly<Record<string, Tensor>>): WholeWay[] {
  return [...compareOutputs(reference, got)].map(([name, fromPicture]) => ({
    name,
    fromPicture,
    shareOfAbsmax: shareOfLargest(got[name].data, reference.get(name)?.value ?? []),
  }));
}
