import { type Gap, type Graph, type NodeCost, type Shape, StrataError } from '@strata/core';
import { buildGoogLeNet, type NetworkSummary, summariseNetwork, type Variant } from '@strata/googlenet';
import { noteMissing } from '../backends/note-missing.js';
import { type BackendWords, openChosenBackend } from '../backends/open-chosen.js';
import { defaultBackend } from '../backends/table.js';
import type { OutputWords } from '../command.js';
import { type ExitCode, printError } from '../explain-failure.js';
import { coloursFor, type Io } from '../io.js';
import { printJson } from '../output/json.js';
import { formatCount } from '../output/numbers.js';
import { type PlannedNetwork, planNetwork } from '../plan-network.js';
import { UsageError } from '../usage-error.js';

export interface SummaryWords extends OutputWords, Partial<BackendWords> {
  /** What the weights are for by default, else `'seed'`. */
  readonly variant?: string;
  /** Weights whose network is meant: its widths, classes and heads. The paper's by default. */
  readonly weights?: string;
  /** [channels, height, width]; the weights' or the variant's own by default. */
  readonly input?: Shape;
  /** What the weights say by default, else off; on where no weights are named, as torchvision's own have it. */
  readonly transformInput?: boolean;
}

/**
 * Shapes, parameters and multiply-adds for one picture. Loads no backend, unless the words name one, of which it tells
 * which layers it cannot run (exit code 1 if there are any).
 */
export async function summary(words: SummaryWords, io: Io): Promise<ExitCode> {
  const planned = await planNetwork(words, io);
  const { variant, transformInput } = planned;
  const { graph, costs } = summarise(planned);
  const fit = await checkFit(graph, words, io);
  if (words.json === true) {
    const { parameters, multiplyAdds, layers } = costs;
    const told = transformInput === undefined ? {} : { transformInput };
    printJson({ variant, ...told, parameters, multiplyAdds, layers, ...fit }, io);
  } else {
    await printSummary(variant, costs, io);
    if (transformInput !== undefined) io.stdout.write(`transform_input is ${transformInput ? 'on' : 'off'}\n`);
    if (fit !== undefined) printFit(fit, io);
  }
  return fit === undefined || fit.gaps.length === 0 ? 0 : 1;
}

/** The size comes from the command line, so one that does not fit is a `UsageError`. */
function summarise({ variant, input, options }: PlannedNetwork) {
  try {
    const graph = buildGoogLeNet(variant, options);
    return { graph, costs: summariseNetwork(graph, input) };
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    throw new UsageError({ where: `--input ${input.join(',')}`, got: error.message, cause: error });
  }
}

/** What a backend says about a network. */
interface Fit {
  readonly backend: string;
  readonly device: string;
  readonly gaps: readonly Gap[];
}

async function checkFit(graph: Graph, words: SummaryWords, io: Io): Promise<Fit | undefined> {
  const { backend, device, threads } = words;
  if (backend === undefined && device === undefined && threads === undefined) return undefined;
  const opened = await openChosenBackend({ ...words, backend: backend ?? defaultBackend });
  noteMissing(opened.report, io);
  try {
    return { backend: opened.name, device: opened.device, gaps: opened.findGaps(graph) };
  } finally {
    await opened.dispose();
  }
}

function printFit({ backend, device, gaps }: Fit, io: Io): void {
  const { green } = coloursFor(io.stdout, io);
  if (gaps.length === 0) io.stdout.write(`${green(`${backend}/${device} can run every layer`)}\n`);
  for (const { node, op, reason } of gaps) printError(`${backend}/${device}: ${node} (${op}): ${reason}`, io);
}

async function printSummary(
  variant: Variant,
  { parameters, multiplyAdds, layers }: NetworkSummary,
  io: Io,
): Promise<void> {
  const { printTable } = await import('../output/table.js');
  const { bold } = coloursFor(io.stdout, io);
  const rows = groupByStage(layers).map(({ stage, outputShape, parameters, multiplyAdds }) => [
    stage,
    outputShape.join('×'),
    formatCount(parameters),
    formatCount(multiplyAdds),
  ]);
  const total = [`${variant}, total`, '', formatCount(parameters), formatCount(multiplyAdds)];
  printTable(
    [
      { title: 'stage' },
      { title: 'output' },
      { title: 'parameters', align: 'right' },
      { title: 'multiply-adds', align: 'right' },
    ],
    [...rows, total.map((cell) => bold(cell))],
    io,
  );
}

interface StageCost {
  readonly stage: string;
  readonly outputShape: Shape;
  readonly parameters: number;
  readonly multiplyAdds: number;
}

/**
 * Layers whose names begin with the same word (`inception3a.branch2` …) are a stage; its output is that of its last
 * layer.
 */
function groupByStage(layers: readonly NodeCost[]): StageCost[] {
  const stages = new Map<string, StageCost>();
  for (const { name, outputShape, parameters, multiplyAdds } of layers) {
    const [stage = name] = name.split('.');
    const before = stages.get(stage) ?? { parameters: 0, multiplyAdds: 0 };
    stages.set(stage, {
      stage,
      outputShape,
      parameters: before.parameters + parameters,
      multiplyAdds: before.multiplyAdds + multiplyAdds,
    });
  }
  return [...stages.values()];
}
