import type { Shape } from '@strata/core';
import { styleOf, type Variant } from '../network/variants.js';
import { type Fit, fitTo } from './fit.js';
import { type CheckpointSource, checkpointSources, ownSources } from './sources.js';

/** What speaks for a variant where names and shapes do not decide. */
export interface Hints {
  /** The variant that the caller names. */
  readonly wanted?: Variant | undefined;
  /** The variant that the file's metadata names. */
  readonly told?: Variant | undefined;
}

/**
 * How tensors fit each variant that has at least one of their names, the best first; empty where nobody knows a name. By
 * likeness; what is alike is ordered by what the file's metadata says, then by the picture's channels.
 */
export function rankFits(shapes: ReadonlyMap<string, Shape>, hints: Hints = {}): Fit[] {
  const fits = namedSources(shapes.keys()).map((source) => fitTo(source, shapes));
  return fits.sort(
    (a, b) =>
      b.likeness - a.likeness ||
      Number(b.variant === hints.told) - Number(a.variant === hints.told) ||
      Number(hasOwnChannels(b)) - Number(hasOwnChannels(a)),
  );
}

/**
 * The fit to read these tensors by: the best, or the best of the wanted variant. Stops at the first that leaves nothing
 * over, where caller or file name the variant. `undefined` where nobody knows a name.
 */
export function chooseFit(shapes: ReadonlyMap<string, Shape>, hints: Hints): Fit | undefined {
  const named = hints.wanted ?? hints.told;
  if (named !== undefined) {
    const likely = namedSources(shapes.keys()).find(({ variant }) => variant === named);
    const fit = likely && fitTo(likely, shapes);
    if (fit !== undefined && isWhole(fit)) return fit;
  }
  const fits = rankFits(shapes, hints);
  return fits.find(({ variant }) => variant === hints.wanted) ?? fits[0];
}

/** Whether every tensor has its place, and every place its tensor. */
export function isWhole({ missing, surplus, misshapen }: Fit): boolean {
  return missing.length + surplus.length + misshapen.length === 0;
}

/** Sources that have at least one of the names as a parameter's, those that have most of them first. */
function namedSources(names: Iterable<string>): CheckpointSource[] {
  const list = [...names];
  return [...checkpointSources, ...ownSources]
    .map((source) => ({ source, count: list.filter((name) => source.parameters.has(name)).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ source }) => source);
}

function hasOwnChannels({ variant, channels }: Fit): boolean {
  return styleOf(variant).input[0] === channels;
}
