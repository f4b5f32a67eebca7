import { refuseOtherThanRecord, type Shape, type Tensor, type Weights, WeightsError } from '@strata/core';
import type { NetworkOptions } from '../network/options.js';
import { parseVariant, styleOf, type Variant } from '../network/variants.js';
import { examine } from './examine.js';
import { fitOf, refuseTwins } from './refuse.js';
import { ownSources } from './sources.js';
import { takeTensors } from './take-tensors.js';

/** A checkpoint under our parameter names. */
export interface TranslatedWeights {
  /**
   * What the network binds: the checkpoint's tensors and the variant's constants. Names that nobody knows stay as they
   * are, for `bindWeights` to list.
   */
  readonly weights: Weights;
  /** The network that the weights have, for `buildGoogLeNet`. */
  readonly network: NetworkOptions;
  /** Where the names come from; `undefined` when they were ours. */
  readonly source: string | undefined;
  /** Names that inference does not need: auxiliary classifiers, training counters. */
  readonly skipped: readonly string[];
}

/** Options of `translateWeights`. */
export interface TranslateOptions {
  /** torchvision: whether the constants of `transform_input` are added. True by default, as in `buildGoogLeNet`. */
  readonly transformInput?: boolean;
  /** Whether auxiliary heads are kept. False by default. */
  readonly auxiliary?: boolean;
  /** [channels, height, width] of pictures, on which the pools of auxiliary heads depend; the variant's own by default. */
  readonly input?: Shape;
}

/**
 * The tensors under our names, with the variant's constants. `WeightsError` when the names are those of another variant,
 * or two tensors get one name. Statistics that know an unusual picture are no parameters, and left out.
 */
export function translateWeights(
  variant: Variant,
  tensors: Weights,
  where = 'weights',
  options: TranslateOptions = {},
): TranslatedWeights {
  parseVariant(variant);
  refuseOtherThanRecord(tensors, where, 'an object of tensors by name', WeightsError);
  const file = {
    tensors: new Map(
      Object.entries(tensors).map(([name, one]) => [name, { shape: one.shape, read: (): Tensor => one }]),
    ),
  };
  const examination = examine(file, where, variant);
  const fit = fitOf(examination, variant, where);
  refuseTwins(fit, where);
  const { transformInput = styleOf(variant).transform !== undefined } = options;
  const { weights, network, skipped } = takeTensors(where, examination, fit, { ...options, transformInput });
  return { weights, network, skipped, source: ownSources.includes(fit.source) ? undefined : fit.source.name };
}
