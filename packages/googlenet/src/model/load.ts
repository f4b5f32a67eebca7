import {
  asyncDispose,
  type Backend,
  checkTensor,
  copyTensor,
  describeValue,
  InputError,
  isUrlObject,
  nodesOf,
  type Shape,
  type Tensor,
  type Weights,
} from '@strata/core';
import { type Checkpoint, openCheckpoint } from '../checkpoints/read-checkpoint.js';
import { refuseFlaws, refuseHeadsOfOtherSize, refuseMisfits } from '../checkpoints/refuse.js';
import { findLabels } from '../labels/find.js';
import { buildGoogLeNet, pictureInput, styleOf } from '../network/index.js';
import { checkFinite } from '../preprocess/finite.js';
import { type Picture, resolvePreprocessing } from '../preprocess/index.js';
import { copyPicture } from '../preprocess/picture.js';
import { preprocessCrops } from '../preprocess/preprocess.js';
import { pickPreprocessing } from '../preprocess/preprocessing.js';
import { type UnusualStatistics, watchGraph } from '../unusual/index.js';
import { verdictsOf } from '../unusual/verdicts.js';
import { assumedOfPictures } from './assumed.js';
import { groupByShape, joinBatches, stackPictures } from './batches.js';
import { Executables } from './executables.js';
import { FiniteRuns } from './finite-runs.js';
import { meanOfCrops, probabilitiesOf, rank } from './predictions.js';
import type { ClassifyOptions, GoogLeNet, LoadOptions, Predictions } from './types.js';

/** Decoded photos are large, so only few are in memory at a time, whatever the batch. */
const decodedAtOnce = 4;

/**
 * Reads weights, builds their network and compiles it on a backend. `WeightsError` when the weights cannot be read or
 * do not fit, listing every tensor that does not; otherwise as `backend.compile`, or as the backend that fails to open.
 */
export async function loadGoogLeNet(options: LoadOptions): Promise<GoogLeNet> {
  const { signal, onProgress, cache, cacheFolder } = options;
  // Copied before anything is awaited, as the weights are: the caller may change what it gave.
  const asked = { input: options.input && [...options.input], labels: options.labels && [...options.labels] };
  const { transformInput, auxiliary } = options;
  const reading = openCheckpoint(options.weights, options.variant, signal, {
    cache,
    cacheFolder,
    ...(onProgress === undefined ? {} : { onProgress: (done, total) => onProgress(done, total, 'download') }),
  });
  const pictureOptions = pickPreprocessing(options);
  // If the backend fails to open, nobody awaits them.
  reading.catch(() => {});
  const backend = await options.backend;
  const open = await reading;
  refuseMisfits(open.examination, open.fit, open.where, auxiliary === true);
  const checkpoint = open.read({ transformInput, auxiliary, input: asked.input });
  const { variant, weights, metadata, network, classes } = checkpoint;
  const { input = styleOf(variant).input } = network;
  const labels = await findLabels(variant, metadata, classes, asked.labels);
  const preprocessing = resolvePreprocessing(variant, input[0], pictureOptions, metadata);
  const assumed = checkpoint.shipped
    ? []
    : [
        ...checkpoint.assumed,
        ...assumedOfPictures({ variant, classes, metadata, labels: asked.labels, pictureOptions }),
      ];
  const graph = buildGoogLeNet(variant, network);
  refuseHeadsOfOtherSize(graph, weights, open.examination, open.fit);
  if (!open.shipped) refuseFlaws(weights, open.examination, open.fit, open.where);
  const main = await backend.compile(checkpoint.statistics === undefined ? graph : watchGraph(graph), weights, {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress: (done, total) => onProgress(done, total, 'compile') }),
  });
  return new LoadedGoogLeNet(
    checkpoint,
    { backend, graph, weights, labels, preprocessing, assumed, inputShape: [...input] },
    main,
  );
}

type Parts = Pick<GoogLeNet, 'backend' | 'graph' | 'labels' | 'preprocessing' | 'assumed' | 'inputShape'> & {
  readonly weights: Weights;
};

class LoadedGoogLeNet implements GoogLeNet {
  readonly variant: GoogLeNet['variant'];
  readonly metadata: GoogLeNet['metadata'];
  readonly skipped: GoogLeNet['skipped'];
  readonly assumed: GoogLeNet['assumed'];
  readonly transformInput: GoogLeNet['transformInput'];
  readonly download?: NonNullable<GoogLeNet['download']>;
  readonly backend: Backend;
  readonly graph: GoogLeNet['graph'];
  readonly weights: Weights;
  readonly labels: readonly string[];
  readonly inputShape: Shape;
  readonly preprocessing: GoogLeNet['preprocessing'];
  readonly #statistics: UnusualStatistics | undefined;
  readonly #executables: Executables;
  readonly #finite: FiniteRuns;

  constructor(
    { variant, metadata, skipped, network, shipped, statistics, download }: Checkpoint,
    parts: Parts,
    main: ConstructorParameters<typeof Executables>[1],
  ) {
    this.variant = variant;
    this.metadata = metadata;
    this.skipped = skipped;
    this.assumed = parts.assumed;
    this.transformInput = styleOf(variant).transform === undefined ? undefined : network.transformInput;
    if (download !== undefined) this.download = download;
    this.backend = parts.backend;
    this.graph = parts.graph;
    this.weights = parts.weights;
    this.labels = parts.labels;
    this.inputShape = parts.inputShape;
    this.preprocessing = parts.preprocessing;
    this.#statistics = statistics;
    this.#executables = new Executables(parts, main);
    this.#finite = new FiniteRuns({ ...parts, shipped }, (...given) => this.#run(...given));
  }

  classify(picture: Picture, options?: ClassifyOptions): Promise<Predictions>;
  classify(pictures: readonly Picture[], options?: ClassifyOptions): Promise<Predictions[]>;
  async classify(
    given: Picture | readonly Picture[],
    options: ClassifyOptions = {},
  ): Promise<Predictions | Predictions[]> {
    const top = checkCount('top', options.top ?? 5);
    const crops = checkCrops(options.crops ?? 1);
    const results: Predictions[] = [];
    for await (const batch of this.#batches(isList(given) ? given : [given], options, crops)) {
      results.push(...(await this.#predict(batch, top, options.signal, crops)));
    }
    return isList(given) ? results : results[0];
  }

  async classifyBatch(
    batch: Tensor,
    { top = 5, signal }: Omit<ClassifyOptions, 'batch' | 'crops'> = {},
  ): Promise<Predictions[]> {
    const checked = checkCount('top', top);
    checkTensor(batch, 'batch');
    checkFinite(batch, 'batch');
    // What is not finite on the way is looked for in a second run.
    return this.#predict(copyTensor(batch), checked, signal);
  }

  async features(
    given: Picture | readonly Picture[],
    names: readonly string[],
    options: Pick<ClassifyOptions, 'batch' | 'signal'> = {},
  ): Promise<Record<string, Tensor>> {
    const pictures = isList(given) ? given : [given];
    if (!Array.isArray(names)) {
      throw new InputError({ where: 'features', got: describeValue(names), want: 'a list of names' });
    }
    const stages: readonly string[] = [...names];
    if (names.length === 0) throw new InputError({ where: 'features', got: 'no names', want: 'names of stages' });
    if (pictures.length === 0) throw new InputError({ where: 'features', got: 'no pictures', want: 'at least one' });
    const runs: Record<string, Tensor>[] = [];
    for await (const batch of this.#batches(pictures, options)) {
      runs.push(await this.#finite.run(batch, stages, options.signal));
    }
    const parameters = new Set(nodesOf(this.graph, 'parameter').map(({ name }) => name));
    return Object.fromEntries(
      stages.map((name) => {
        const values = runs.map((run) => run[name]);
        // A parameter is the same in every run, and its first axis is no batch.
        return [name, parameters.has(name) ? values[0] : joinBatches(values, name)];
      }),
    );
  }

  async run(
    batch: Tensor,
    { outputs, signal }: { readonly outputs?: readonly string[]; readonly signal?: AbortSignal } = {},
  ): Promise<Record<string, Tensor>> {
    checkTensor(batch, 'batch');
    const names = outputs === undefined ? this.graph.outputs : [...outputs];
    const values = await this.#run(batch, names, signal);
    return Object.fromEntries(names.map((name) => [name, values[name]]));
  }

  dispose(): Promise<void> {
    return this.#executables.dispose();
  }

  [asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** `crops` neighbours in the batch are of one picture, the first of them its centre. */
  async #predict(batch: Tensor, top: number, signal: AbortSignal | undefined, crops = 1): Promise<Predictions[]> {
    const { outputs } = this.graph;
    const values = await this.#finite.run(batch, outputs, signal);
    const verdicts = verdictsOf(this.#statistics, this.weights, batch.shape, values);
    const rows = probabilitiesOf(values[outputs[0]], styleOf(this.variant).softmax);
    return meanOfCrops(rows, crops).map((row, index) => rank(row, this.labels, top, verdicts[index * crops]));
  }

  /** The named values, and for the network's own output those that tell an unusual picture, where they are known. */
  #run(batch: Tensor, outputs: readonly string[], signal: AbortSignal | undefined): Promise<Record<string, Tensor>> {
    const runOptions = signal === undefined ? {} : { signal };
    // Other stages than the last may have to be compiled first: the caller may change its batch meanwhile.
    const own = outputs === this.graph.outputs ? batch : copyTensor(batch);
    return this.#executables.use(outputs, (executable) => executable.run({ [pictureInput]: own }, runOptions), signal);
  }

  /** Pictures ready for the network. The next ones are read only once the previous ones have run. */
  async *#batches(
    pictures: readonly Picture[],
    { batch: most = 32, signal }: Pick<ClassifyOptions, 'batch' | 'signal'>,
    crops: 1 | 10 = 1,
  ): AsyncGenerator<Tensor> {
    // Pictures in one run.
    const batch = Math.max(1, Math.floor(checkCount('batch', most) / crops));
    // The first ones are copied by whoever reads them, at once.
    const atOnce = Math.min(batch, decodedAtOnce);
    const own = pictures.map((picture, index) => (index < atOnce ? picture : copyPicture(picture)));
    const context = { variant: this.variant, input: this.inputShape, signal, ...this.preprocessing };
    for (let start = 0; start < own.length; start += batch) {
      const ready: Tensor[] = [];
      const end = Math.min(start + batch, own.length);
      for (let next = start; next < end; next += decodedAtOnce) {
        const some = own.slice(next, Math.min(next + decodedAtOnce, end));
        const prepared = some.map((picture, index) =>
          preprocessCrops(picture, { ...context, ...(own.length > 1 && nameInList(picture, next + index)) }, crops),
        );
        ready.push(...(await Promise.all(prepared)).flat());
      }
      for (const group of groupByShape(ready, batch * crops)) yield stackPictures(group);
    }
  }
}

/** How errors name a picture among several: by its place, where it has no path or URL. */
function nameInList(picture: Picture, index: number): { readonly where: string } | undefined {
  return typeof picture === 'string' || isUrlObject(picture) ? undefined : { where: `pictures[${index}]` };
}

function isList(given: Picture | readonly Picture[]): given is readonly Picture[] {
  return Array.isArray(given);
}

function checkCrops(crops: unknown): 1 | 10 {
  if (crops === 1 || crops === 10) return crops;
  throw new InputError({ where: 'crops', got: String(crops), want: '1 or 10' });
}

function checkCount(where: string, count: number): number {
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InputError({ where, got: String(count), want: 'a whole number of at least 1' });
}
