import { type Tensor, type Weights, WeightsError } from '@strata/core';
import { constantsOf } from '../network/build.js';
import type { Variant } from '../network/variants.js';
import { type CheckpointSource, checkpointSources } from './sources.js';

/** What the names of a checkpoint mean. */
export interface TranslatedNames {
  /** Our parameter name by theirs. Names that nobody knows stay as they are, for `bindWeights` to list. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Where the names come from; `undefined` when they were ours. */
  readonly source: string | undefined;
  /** Names that inference does not need: auxiliary classifiers, training counters. */
  readonly skipped: readonly string[];
}

/** A checkpoint under our parameter names. */
export interface TranslatedWeights extends Omit<TranslatedNames, 'parameters'> {
  /** What the network binds: the checkpoint's tensors and the variant's constants. */
  readonly weights: Weights;
}

/** The source whose names these are; `undefined` when none is recognised, as for our own names. */
export function recogniseCheckpoint(names: Iterable<string>): CheckpointSource | undefined {
  const list = [...names];
  return checkpointSources.find((source) => list.some((name) => source.recognises(name)));
}

/** `WeightsError` when the names are those of another variant, or two tensors get one name. */
export function translateNames(variant: Variant, names: Iterable<string>, where = 'weights'): TranslatedNames {
  const list = [...names];
  const source = recogniseCheckpoint(list);
  if (source !== undefined && source.variant !== variant) {
    throw new WeightsError({
      where,
      got: `names of ${source.name}`,
      want: `weights of the ${variant} variant`,
      hint: `these are for the ${source.variant} variant`,
    });
  }
  const skipped = list.filter((name) => source?.isSuperfluous(name) === true);
  const left = new Set(skipped);
  const parameters = new Map(
    list.filter((name) => !left.has(name)).map((name) => [name, source?.parameters.get(name) ?? name]),
  );
  const origins = new Map<string, string>();
  for (const [theirs, ours] of parameters) {
    const earlier = origins.get(ours);
    if (earlier !== undefined) {
      throw new WeightsError({ where, got: `both '${earlier}' and '${theirs}'`, want: `one tensor for ${ours}` });
    }
    origins.set(ours, theirs);
  }
  return { parameters, source: source?.name, skipped };
}

/** The tensors under our names, with the variant's constants. Throws as `translateNames` does. */
export function translateWeights(variant: Variant, tensors: Weights, where = 'weights'): TranslatedWeights {
  const { parameters, source, skipped } = translateNames(variant, Object.keys(tensors), where);
  return { weights: collectWeights(variant, parameters, (name) => tensors[name]), source, skipped };
}

/** The variant's constants, and each of `parameters` as `read` gives it. */
export function collectWeights(
  variant: Variant,
  parameters: ReadonlyMap<string, string>,
  read: (theirs: string) => Tensor,
): Weights {
  return {
    ...constantsOf(variant),
    ...Object.fromEntries([...parameters].map(([theirs, ours]) => [ours, read(theirs)])),
  };
}
