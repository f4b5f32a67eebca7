import { asyncDispose, type Backend, InputError, type Shape, type Tensor, type Weights } from '@strata/core';
import { type Checkpoint, readCheckpoint } from '../checkpoints/index.js';
import { inputShapeOf, labelsOf } from '../checkpoints/metadata.js';
import { buildGoogLeNet, pictureInput, styleOf } from '../network/index.js';
import { type Picture, preprocess } from '../preprocess/index.js';
import { groupByShape, joinBatches, stackPictures } from './batches.js';
import { Executables } from './executables.js';
import { probabilitiesOf, rank } from './predictions.js';
import type { ClassifyOptions, GoogLeNet, LoadOptions, Prediction } from './types.js';

/** Decoded photos are large, so few are in memory at a time, whatever the batch. */
const decodedAtOnce = 4;

/**
 * Reads weights, builds their network and compiles it on a backend. `WeightsError` when the weights can not be read or
 * do not fit, listing every tensor that does not; otherwise as `backend.compile`, or as the backend that fails to open.
 */
export async function loadGoogLeNet(options: LoadOptions): Promise<GoogLeNet> {
  const { signal, onProgress } = options;
  const reading = readCheckpoint(options.weights, options.variant, signal);
  // Should the backend fail to open, nobody comes for them.
  reading.catch(() => {});
  const backend = await options.backend;
  const checkpoint = await reading;
  const { variant, weights, metadata } = checkpoint;
  const input = options.input ?? inputShapeOf(metadata) ?? styleOf(variant).input;
  const classes = checkpoint.classes ?? styleOf(variant).classes;
  const labels = labelsOf(metadata, classes, options.labels);
  const graph = buildGoogLeNet(variant, { input, classes });
  const main = await backend.compile(graph, weights, {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress: (done, total) => onProgress(done, total) }),
  });
  return new LoadedGoogLeNet(checkpoint, { backend, graph, weights, labels, inputShape: [...input] }, main);
}

type Parts = Pick<GoogLeNet, 'backend' | 'graph' | 'labels' | 'inputShape'> & { readonly weights: Weights };

class LoadedGoogLeNet implements GoogLeNet {
  readonly variant: GoogLeNet['variant'];
  readonly metadata: GoogLeNet['metadata'];
  readonly skipped: GoogLeNet['skipped'];
  readonly backend: Backend;
  readonly graph: GoogLeNet['graph'];
  readonly weights: Weights;
  readonly labels: readonly string[];
  readonly inputShape: Shape;
  readonly #executables: Executables;

  constructor(
    { variant, metadata, skipped }: Checkpoint,
    parts: Parts,
    main: ConstructorParameters<typeof Executables>[1],
  ) {
    this.variant = variant;
    this.metadata = metadata;
    this.skipped = skipped;
    this.backend = parts.backend;
    this.graph = parts.graph;
    this.weights = parts.weights;
    this.labels = parts.labels;
    this.inputShape = parts.inputShape;
    this.#executables = new Executables(parts, main);
  }

  classify(picture: Picture, options?: ClassifyOptions): Promise<Prediction[]>;
  classify(pictures: readonly Picture[], options?: ClassifyOptions): Promise<Prediction[][]>;
  async classify(
    given: Picture | readonly Picture[],
    options: ClassifyOptions = {},
  ): Promise<Prediction[] | Prediction[][]> {
    const top = checkCount('top', options.top ?? 5);
    const results: Prediction[][] = [];
    for await (const batch of this.#batches(isList(given) ? given : [given], options)) {
      results.push(...(await this.#predict(batch, top, options.signal)));
    }
    return isList(given) ? results : results[0];
  }

  async classifyBatch(
    batch: Tensor,
    { top = 5, signal }: Omit<ClassifyOptions, 'batch'> = {},
  ): Promise<Prediction[][]> {
    return this.#predict(batch, checkCount('top', top), signal);
  }

  async features(
    given: Picture | readonly Picture[],
    names: readonly string[],
    options: Pick<ClassifyOptions, 'batch' | 'signal'> = {},
  ): Promise<Record<string, Tensor>> {
    const pictures = isList(given) ? given : [given];
    if (names.length === 0) throw new InputError({ where: 'features', got: 'no names', want: 'names of stages' });
    if (pictures.length === 0) throw new InputError({ where: 'features', got: 'no pictures', want: 'at least one' });
    const runs: Record<string, Tensor>[] = [];
    for await (const batch of this.#batches(pictures, options)) {
      runs.push(await this.run(batch, { outputs: names, ...(options.signal && { signal: options.signal }) }));
    }
    return Object.fromEntries(
      names.map((name) => [
        name,
        joinBatches(
          runs.map((run) => run[name]),
          name,
        ),
      ]),
    );
  }

  async run(
    batch: Tensor,
    { outputs, signal }: { readonly outputs?: readonly string[]; readonly signal?: AbortSignal } = {},
  ): Promise<Record<string, Tensor>> {
    const runOptions = signal === undefined ? {} : { signal };
    return this.#executables.use(
      outputs,
      (executable) => executable.run({ [pictureInput]: batch }, runOptions),
      signal,
    );
  }

  dispose(): Promise<void> {
    return this.#executables.dispose();
  }

  [asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #predict(batch: Tensor, top: number, signal: AbortSignal | undefined): Promise<Prediction[][]> {
    const [output] = this.graph.outputs;
    const { [output]: result } = await this.run(batch, signal === undefined ? {} : { signal });
    return probabilitiesOf(result, styleOf(this.variant).softmax).map((row) => rank(row, this.labels, top));
  }

  /** Pictures ready for the network. The next ones are read only when the ones before have run. */
  async *#batches(
    pictures: readonly Picture[],
    { batch = 32, signal }: Pick<ClassifyOptions, 'batch' | 'signal'>,
  ): AsyncGenerator<Tensor> {
    checkCount('batch', batch);
    const context = { variant: this.variant, input: this.inputShape, signal };
    for (let start = 0; start < pictures.length; start += batch) {
      const ready: Tensor[] = [];
      const end = Math.min(start + batch, pictures.length);
      for (let next = start; next < end; next += decodedAtOnce) {
        const some = pictures.slice(next, Math.min(next + decodedAtOnce, end));
        ready.push(...(await Promise.all(some.map((picture) => preprocess(picture, context)))));
      }
      for (const group of groupByShape(ready, batch)) yield stackPictures(group);
    }
  }
}

function isList(given: Picture | readonly Picture[]): given is readonly Picture[] {
  return Array.isArray(given);
}

function checkCount(where: string, count: number): number {
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InputError({ where, got: String(count), want: 'a whole number of at least 1' });
}
