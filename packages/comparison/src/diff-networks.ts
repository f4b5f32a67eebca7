import { type Backend, defaultPasses, type Graph, runPasses, type Tensor, UnsupportedError } from '@strata/core';
import {
  type Agreement,
  boundsFor,
  compareOutputs,
  type InterpretOptions,
  interpret,
  type Judged,
} from '@strata/core/reference';
import { compareOutput } from './compare-output.js';
import type { NetworkDifference } from './difference.js';
import { findDivergence } from './find-divergence.js';
import { groupByStage } from './group-by-stage.js';
import { listLayers, listPictureLayers } from './layers.js';
import { boundsForWholeWay, type NetworkRun, runNetwork, shareOfLargest } from './model.js';
import { withShownReport } from './shown-report.js';

/** Options of `diffNetworks`. */
export interface DiffOptions {
  /** Called with the progress of the reference, in nodes: it takes much longer than the backends do. */
  onProgress?(done: number, total: number): void;
}

/**
 * Runs a network on two backends, twice on each: as shipped, and with all layers observed. The reference judges every
 * layer from what the backend itself gave to it, so the first layer outside its tolerance is where the backends part.
 * Tolerances are those of what the backends report, as far as probes show it.
 * `UnsupportedError` names what either backend cannot run, before anything runs.
 */
export async function diffNetworks(
  network: NetworkRun,
  first: Backend,
  second: Backend,
  { onProgress }: DiffOptions = {},
): Promise<NetworkDifference> {
  const { graph } = runPasses(network, defaultPasses);
  refuseGaps(graph, [first, second]);
  const layers = listLayers(graph);
  const a = await runTwice(network, first, layers);
  const b = await runTwice(network, second, layers);
  const alike = sameBounds(a.backend, b.backend);
  const reference = countInterpretations(network, alike ? 3 : 4, onProgress);
  const wholeOfFirst = judgeWholeWay(a, reference);
  const wholeOfSecond = alike ? wholeOfFirst : judgeWholeWay(b, reference);
  const structured = listPictureLayers(graph);
  const layersOfFirst = judgeLayers(network, a, structured, reference);
  const layersOfSecond = judgeLayers(network, b, structured, reference);
  const stages = groupByStage(
    layers.map((name) => ({
      name,
      first: layersOfFirst[name],
      second: layersOfSecond[name],
      difference: shareOfLargest(b.observed[name].data, a.observed[name].data),
    })),
  );
  const outputs = graph.outputs.map((name) =>
    compareOutput(
      name,
      { shipped: a.shipped[name], observed: a.observed[name], judged: wholeOfFirst[name] },
      { shipped: b.shipped[name], observed: b.observed[name], judged: wholeOfSecond[name] },
    ),
  );
  return { stages, outputs, firstDiverging: findDivergence(stages, outputs) };
}

function refuseGaps(graph: Graph, backends: readonly Backend[]): void {
  const rows = backends.flatMap((backend) =>
    backend.findGaps(graph).map(({ node, op, reason }) => [`${backend.name}/${backend.device}`, node, op, reason]),
  );
  if (rows.length === 0) return;
  const [[device, node, op, reason]] = rows;
  throw new UnsupportedError({
    where: 'diff',
    got:
      rows.length === 1 ? `${device} cannot run ${node} (${op}): ${reason}` : `${rows.length} layers that cannot run`,
    want: 'two backends that can run every layer',
    ...(rows.length === 1 ? {} : { table: { columns: ['on', 'layer', 'op', 'why'], rows } }),
  });
}

/** What a backend gave in both runs, by name. */
interface Runs {
  /** With the report that its results bear out. */
  readonly backend: Backend;
  readonly shipped: Readonly<Record<string, Tensor>>;
  readonly observed: Readonly<Record<string, Tensor>>;
}

async function runTwice(network: NetworkRun, backend: Backend, layers: readonly string[]): Promise<Runs> {
  const believed = await withShownReport(backend, network);
  const shipped = await runNetwork(network, backend, network.graph.outputs);
  return { backend: believed, shipped, observed: await runNetwork(network, backend, layers) };
}

/** Whether one reference judges both. */
function sameBounds({ report: a }: Backend, { report: b }: Backend): boolean {
  return a.precision === b.precision && a.convolution === b.convolution;
}

type Reference = (options: InterpretOptions) => ReadonlyMap<string, Judged>;

/** The reference on this network, `count` times, with the progress of all. */
function countInterpretations(
  { graph, weights, inputs }: NetworkRun,
  count: number,
  onProgress: DiffOptions['onProgress'],
): Reference {
  let before = 0;
  return (options) => {
    const judged = interpret(graph, weights, inputs, {
      ...options,
      onProgress: (done, total) => onProgress?.(before * total + done, count * total),
    });
    before++;
    return judged;
  };
}

/** The graph's outputs from the picture on. */
function judgeWholeWay({ backend, shipped }: Runs, reference: Reference): Record<string, Judged> {
  return Object.fromEntries(reference({ ...boundsForWholeWay(backend), outputs: Object.keys(shipped) }));
}

/** Every layer, from what the backend gave to it; `structured` names those of the picture. */
function judgeLayers(
  { graph, weights, inputs }: NetworkRun,
  { backend, observed }: Runs,
  structured: readonly string[],
  reference: Reference,
): Record<string, Agreement> {
  const judged = reference({ ...boundsFor(backend, false), outputs: Object.keys(observed), observed });
  const picture = interpret(graph, weights, inputs, { ...boundsFor(backend, true), outputs: structured, observed });
  return Object.fromEntries(compareOutputs(new Map([...judged, ...picture]), observed));
}
