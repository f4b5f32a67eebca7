import { bindWeights, type Shape } from '@strata/core';
import { buildGoogLeNet, type NetworkOptions, readCheckpoint, styleOf, type Variant } from '@strata/googlenet';
import { chooseWeights } from './choose-weights.js';
import { type NetworkWords, parseVariantWord } from './command.js';
import type { Io } from './io.js';
import { nameSource } from './name-source.js';
import { showDownload } from './output/progress.js';
import { UsageError } from './usage-error.js';
import { warnOfAssumptions } from './warn-of-assumptions.js';

/** A network as the words want it, before it runs anywhere. */
export interface PlannedNetwork {
  readonly variant: Variant;
  /** [channels, height, width]. */
  readonly input: Shape;
  readonly options: NetworkOptions;
  /** `undefined` for variants that do not have it. */
  readonly transformInput: boolean | undefined;
}

/** The network of the weights, with the heads that they have, where pictures are of the heads' size; of the variant where none are named. */
export async function planNetwork(words: NetworkWords & { readonly input?: Shape }, io: Io): Promise<PlannedNetwork> {
  const named = parseVariantWord(words);
  return words.weights === undefined
    ? planVariant(named ?? 'seed', words)
    : planWeights(words.weights, named, words, io);
}

function planVariant(
  variant: Variant,
  { input = styleOf(variant).input, transformInput }: { readonly input?: Shape; readonly transformInput?: boolean },
): PlannedNetwork {
  const has = styleOf(variant).transform !== undefined;
  if (transformInput === true && !has) {
    const want = `off or nothing for the ${variant} variant`;
    throw new UsageError({ where: '--transform-input', got: 'on', want });
  }
  const told = has ? (transformInput ?? true) : undefined;
  return {
    variant,
    input,
    options: { input, ...(told !== undefined && { transformInput: told }) },
    transformInput: told,
  };
}

async function planWeights(
  weights: string,
  named: Variant | undefined,
  words: NetworkWords & { readonly input?: Shape },
  io: Io,
): Promise<PlannedNetwork> {
  const { published } = await chooseWeights(named, words);
  const { transformInput = published?.transformInput === true ? true : undefined, input } = words;
  try {
    const checkpoint = await showDownload(io, (onProgress) =>
      readCheckpoint(weights, named, undefined, { transformInput, input, onProgress }),
    );
    const { variant, network, assumed } = checkpoint;
    const heads = checkpoint.heads && headsFit(variant, network.input);
    bindWeights(buildGoogLeNet(variant, network), checkpoint.weights);
    if (published === undefined) warnOfAssumptions({ assumed }, words, io);
    return {
      variant,
      input: network.input ?? styleOf(variant).input,
      options: { ...network, ...(heads && { auxiliary: true }) },
      transformInput: styleOf(variant).transform === undefined ? undefined : network.transformInput,
    };
  } catch (error) {
    throw nameSource(error, words);
  }
}

/** Caffe's heads are of one size of picture; the network without them takes any. */
export function headsFit(variant: Variant, [, ...size]: Shape = []): boolean {
  const { input, auxiliary } = styleOf(variant);
  return auxiliary === undefined || 'cells' in auxiliary.pool || size.join() === input.slice(1).join();
}
