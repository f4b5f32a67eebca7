import { type Backend, type Shape, StrataError } from '@strata/core';
import {
  type AssumptionKind,
  type GoogLeNet,
  type LoadedModel,
  loadGoogLeNet,
  loadModel,
  summariseNetwork,
} from '@strata/googlenet';
import { noteMissing } from './backends/note-missing.js';
import { type BackendWords, openChosenBackend } from './backends/open-chosen.js';
import { chooseWeights } from './choose-weights.js';
import { type ModelWords, type NetworkWords, type PictureWords, parseVariantWord } from './command.js';
import { printWarning } from './explain-failure.js';
import { readLabels } from './files/read-labels.js';
import type { Io } from './io.js';
import { nameSource } from './name-source.js';
import { showDownload } from './output/progress.js';
import { UsageError } from './usage-error.js';
import { warnOfAssumptions } from './warn-of-assumptions.js';

/**
 * Opens the backend, loads the network on it, and frees both when `use` has ended. Words are checked first. One line on
 * stderr says which devices `auto` would have taken if nothing were missing.
 */
export async function withNetwork<T>(
  words: BackendWords & NetworkWords & PictureWords,
  io: Io,
  use: (network: GoogLeNet) => Promise<T>,
  needs: NetworkNeeds = {},
): Promise<T> {
  parseVariantWord(words);
  return withLoaded(words, io, (backend) => loadNetwork(words, backend, io, needs), use);
}

/** What a network of any program has, and what only a GoogLeNet has. */
export type AnyNetwork = LoadedModel & Partial<Pick<GoogLeNet, 'variant' | 'transformInput'>>;

/** As `withNetwork`, with the network that `--model` names where it does. `UsageError` for words that are GoogLeNet's. */
export async function withAnyNetwork<T>(
  words: BackendWords & NetworkWords & PictureWords & ModelWords,
  io: Io,
  use: (network: AnyNetwork) => Promise<T>,
  needs: NetworkNeeds = {},
): Promise<T> {
  const { model } = words;
  if (model === undefined) return withNetwork(words, io, use, needs);
  for (const [word, value] of [
    ['--variant', words.variant],
    ['--weights', words.weights],
    ['--transform-input', words.transformInput],
  ] as const) {
    if (value !== undefined)
      throw new UsageError({
        where: word,
        got: `'${value === true ? 'on' : value === false ? 'off' : value}'`,
        want: 'nothing beside --model',
      });
  }
  return withLoaded(words, io, (backend) => loadOther({ ...words, model }, backend, io, needs), use);
}

async function withLoaded<Network extends LoadedModel, T>(
  words: BackendWords,
  io: Io,
  load: (backend: Promise<Backend>) => Promise<Network>,
  use: (network: Network) => Promise<T>,
): Promise<T> {
  const opening = openChosenBackend(words);
  try {
    const network = await load(opening);
    noteMissing(network.backend.report, io);
    try {
      return await use(network);
    } finally {
      await network.dispose();
    }
  } finally {
    const opened = await opening.catch(() => undefined);
    await opened?.dispose();
  }
}

/** The network of another program that the words name. Errors as those of `loadNetwork`. */
async function loadOther(
  words: NetworkWords & PictureWords & Required<ModelWords>,
  backend: Promise<Backend>,
  io: Io,
  { indifferent, ...needs }: NetworkNeeds,
): Promise<LoadedModel> {
  const { model } = words;
  const picture = await pictureOptions(words, needs);
  const network = await showDownload(io, (onBytes) =>
    loadModel({
      ...{ backend, model, ...picture },
      onProgress: (done, total, stage) => {
        if (stage === 'download') onBytes(done, total);
      },
    }),
  ).catch((error: unknown) => {
    throw nameSource(error, { ...words, weights: model }, needs.input?.file);
  });
  warnOfAssumptions(network, { weights: model }, io, indifferent);
  warnOfCache(network, io);
  return network;
}

/** What a command asks of its network besides its words. */
export interface NetworkNeeds {
  /** Whether it is to have its auxiliary heads. */
  readonly auxiliary?: boolean;
  /** [channels, height, width], where the words do not say it, and the file that it is of. */
  readonly input?: { readonly shape: Shape; readonly file: string };
  /** What it does without, so that nobody minds what was assumed of it. */
  readonly indifferent?: readonly AssumptionKind[];
}

/**
 * The network that the words choose, on a backend. A download shows its progress; what was assumed of the weights, and a
 * cache that did not work, is a warning. `WeightsError` names the file; `UsageError` names the word that does not fit.
 */
export async function loadNetwork(
  words: NetworkWords & PictureWords,
  backend: Backend | PromiseLike<Backend>,
  io: Io,
  { auxiliary = false, indifferent, ...needs }: NetworkNeeds = {},
): Promise<GoogLeNet> {
  const variant = parseVariantWord(words);
  const { weights, published } = await chooseWeights(variant, words);
  // What torchvision's own file does not say, its publisher does.
  const { transformInput = published?.transformInput === true ? true : undefined } = words;
  const picture = await pictureOptions(words, needs);
  const network = await showDownload(io, (onBytes) =>
    loadGoogLeNet({
      backend,
      auxiliary,
      ...picture,
      ...(variant && { variant }),
      ...(weights !== undefined && { weights }),
      ...(transformInput !== undefined && { transformInput }),
      onProgress: (done, total, stage) => {
        if (stage === 'download') onBytes(done, total);
      },
    }),
  ).catch((error: unknown) => {
    throw nameSource(error, { ...words, weights }, needs.input?.file);
  });
  if (words.input !== undefined) await refuseSmallInput(network, words.input);
  if (published === undefined) warnOfAssumptions(network, words, io, indifferent);
  warnOfCache(network, io);
  return network;
}

function warnOfCache({ download }: Pick<LoadedModel, 'download'>, io: Io): void {
  const { url, from, trouble } = download ?? {};
  if (trouble !== undefined) printWarning(`${url}: from the ${from === 'cache' ? from : 'server'}; ${trouble}`, io);
}

/** What the words say of pictures and of their labels, as options of `loadGoogLeNet` and `loadModel`. */
async function pictureOptions(words: PictureWords, needs: NetworkNeeds) {
  const { input = needs.input?.shape, resize, mean, std, scale, channels } = words;
  const labels = words.labels === undefined ? undefined : await readLabels(words.labels);
  return { resize, mean, std, scale, channels, ...(input && { input }), ...(labels && { labels }) };
}

/** The size comes from the command line: one that a window does not fit is told before any picture is read. */
async function refuseSmallInput(network: GoogLeNet, input: Shape): Promise<void> {
  try {
    summariseNetwork(network.graph, input);
  } catch (error) {
    await network.dispose();
    if (!(error instanceof StrataError)) throw error;
    throw new UsageError({ where: `--input ${input.join(',')}`, got: error.message, cause: error });
  }
}
