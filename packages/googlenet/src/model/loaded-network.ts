import {
  asyncDispose,
  type Backend,
  checkTensor,
  copyTensor,
  describeValue,
  type Executable,
  InputError,
  isUrlObject,
  nodesOf,
  type Shape,
  type Tensor,
  type Weights,
} from '@strata/core';
import type { Variant } from '../network/variants.js';
import { checkFinite } from '../preprocess/finite.js';
import type { Picture } from '../preprocess/index.js';
import { copyPicture } from '../preprocess/picture.js';
import { preprocessCrops } from '../preprocess/preprocess.js';
import type { UnusualStatistics } from '../unusual/index.js';
import { verdictsOf } from '../unusual/verdicts.js';
import { groupByShape, joinBatches, stackPictures } from './batches.js';
import { Executables } from './executables.js';
import { FiniteRuns } from './finite-runs.js';
import { meanOfCrops, probabilitiesOf, rank } from './predictions.js';
import type { ClassifyOptions, LoadedModel, Predictions } from './types.js';

/** Decoded photos are large, so only few are in memory at a time, whatever the batch. */
const decodedAtOnce = 4;

type Shown = Pick<LoadedModel, 'backend' | 'graph' | 'labels' | 'preprocessing' | 'assumed' | 'metadata' | 'download'>;

/** What a loaded network is made of. */
export interface ModelParts extends Shown {
  readonly inputShape: Shape;
  readonly weights: Weights;
  /** The graph's input of pictures. */
  readonly pictureInput: string;
  /** Whose pre-processing fills in what `preprocessing` leaves open. */
  readonly style: Variant;
  /** Whether the output is probabilities already, not logits. */
  readonly normalised: boolean;
  readonly statistics?: UnusualStatistics | undefined;
  /** Whether values inside the network need not be looked at: they stay finite, or nobody promises that they do. */
  readonly trusted: boolean;
}

/** A network with weights on a backend. */
export class LoadedNetwork implements LoadedModel {
  readonly metadata: LoadedModel['metadata'];
  readonly assumed: LoadedModel['assumed'];
  readonly download?: NonNullable<LoadedModel['download']>;
  readonly backend: Backend;
  readonly graph: LoadedModel['graph'];
  readonly weights: Weights;
  readonly labels: readonly string[];
  readonly inputShape: Shape;
  readonly preprocessing: LoadedModel['preprocessing'];
  readonly #parts: ModelParts;
  readonly #executables: Executables;
  readonly #finite: FiniteRuns;

  /** `main` computes the graph's own outputs, with what tells an unusual picture. */
  constructor(parts: ModelParts, main: Executable) {
    this.metadata = parts.metadata;
    this.assumed = parts.assumed;
    if (parts.download !== undefined) this.download = parts.download;
    this.backend = parts.backend;
    this.graph = parts.graph;
    this.weights = parts.weights;
    this.labels = parts.labels;
    this.inputShape = parts.inputShape;
    this.preprocessing = parts.preprocessing;
    this.#parts = parts;
    this.#executables = new Executables(parts, main);
    this.#finite = new FiniteRuns(parts, (...given) => this.#run(...given));
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
    const verdicts = verdictsOf(this.#parts.statistics, this.weights, batch.shape, values);
    const rows = probabilitiesOf(values[outputs[0]], this.#parts.normalised);
    return meanOfCrops(rows, crops).map((row, index) => rank(row, this.labels, top, verdicts[index * crops]));
  }

  /** The named values, and for the network's own output those that tell an unusual picture, where they are known. */
  #run(batch: Tensor, outputs: readonly string[], signal: AbortSignal | undefined): Promise<Record<string, Tensor>> {
    const runOptions = signal === undefined ? {} : { signal };
    // Other stages than the last may have to be compiled first: the caller may change its batch meanwhile.
    const own = outputs === this.graph.outputs ? batch : copyTensor(batch);
    return this.#executables.use(
      outputs,
      (executable) => executable.run({ [this.#parts.pictureInput]: own }, runOptions),
      signal,
    );
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
    const context = { variant: this.#parts.style, input: this.inputShape, signal, ...this.preprocessing };
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
