import { type Tensor, type Weights, WeightsError } from '@strata/core';
import { isConstant } from '../network/build.js';
import { parseVariant, type Variant } from '../network/variants.js';
import { checkpointSources } from './sources.js';

/** Weights under the names of the place that a variant comes from. */
export interface NamedWeights {
  /** Whose names they are. */
  readonly source: string;
  /** In the order of the source's own files. */
  readonly weights: Readonly<Record<string, Tensor>>;
}

/**
 * Weights under our names, as `GoogLeNet.weights` are, under those of the variant's own source: torchvision's, Caffe's, the
 * seed document's or D2L's. A network of theirs loads them (PyTorch with `strict=False` where a counter such as
 * `num_batches_tracked` is missing). Constants of the network are left out. `WeightsError` for a name that is none of ours.
 */
export function nameAsSource(variant: Variant, weights: Weights): NamedWeights {
  parseVariant(variant);
  const own = Object.keys(weights).filter((name) => !isConstant(name));
  const sources = checkpointSources.filter((source) => source.variant === variant);
  const backs = sources.map(({ name, parameters }) => ({
    name,
    theirs: new Map([...parameters].map(([theirs, ours]) => [ours, theirs])),
  }));
  const back = backs.find(({ theirs }) => own.every((name) => theirs.has(name)));
  if (back === undefined) {
    const unknown = own.find((name) => !backs[0].theirs.has(name));
    throw new WeightsError({
      where: 'weights',
      got: `'${unknown}'`,
      want: `parameters of the ${variant} variant, by our names`,
      hint: 'translateWeights brings names of other sources to ours',
    });
  }
  return {
    source: back.name,
    weights: Object.fromEntries(
      [...back.theirs].flatMap(([ours, theirs]) => (own.includes(ours) ? [[theirs, weights[ours]]] : [])),
    ),
  };
}
