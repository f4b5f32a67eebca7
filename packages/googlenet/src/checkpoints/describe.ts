import type { Shape } from '@strata/core';
import type { Variant } from '../network/variants.js';
import { type CheckpointFile, examine } from './examine.js';
import { isOfHead, type Misfit } from './fit.js';

/** A variant that weights may be of. */
export interface Likeness {
  readonly variant: Variant;
  /** Tensors that fit, as a share of those that the network has and those that it does not have: 1 is a perfect fit. */
  readonly likeness: number;
}

/** What is known of a file of weights from its names, shapes and metadata. */
export interface CheckpointDescription {
  /** What the weights are read as; `undefined` where no name is a GoogLeNet's. */
  readonly variant: Variant | undefined;
  /** Tensors that fit the variant, from 0 to 1. */
  readonly likeness: number;
  /** What else they could be. With a likeness of 1, too, names and shapes alone do not tell which of both. */
  readonly runnerUp: Likeness | undefined;
  /** Whose names the tensors have, `'Strata'` for our own; or that they are known by their places in an ONNX network. */
  readonly source: string | undefined;
  /** What all names begin with (`module.`), besides what the file's reader took off already; `''` where there is nothing. */
  readonly prefix: string;
  /** torchvision's `transform_input`, where the file says. */
  readonly transformInput: 'on' | 'off' | undefined;
  /** What an ONNX file's network has that no variant has, in a few words: then it is a network of its own. */
  readonly foreign: string | undefined;
  /** Whether it has auxiliary heads. */
  readonly heads: boolean;
  /** Learned numbers of the network, heads included where the file has them. Folded batch norm counts as it was. */
  readonly parameters: number;
  readonly foldedBatchNorm: boolean;
  readonly classes: number | undefined;
  /** [channels, height, width] of pictures, where the file says; channels are those of `conv1`. */
  readonly input: Shape | undefined;
  readonly channels: number | undefined;
  /** Tensors that do not fit, by the file's own names. */
  readonly missing: readonly Misfit[];
  readonly surplus: readonly Misfit[];
  readonly misshapen: readonly Misfit[];
  /** Tensors that only training uses: auxiliary heads, and counters. By the file's own names. */
  readonly skipped: readonly string[];
}

/** Other networks have a `conv1.weight` and a `fc.bias`, too. */
const leastLikeness = 0.1;

/**
 * Tells what network a file's weights are of, without reading any: pass what `openWeights` gives. A file of anything else
 * has no `variant`. `WeightsError` for metadata of ours that cannot be understood.
 */
export function describeCheckpoint(file: CheckpointFile, where = 'weights'): CheckpointDescription {
  const { fit: likest, rank, tensors, facts, prefix, transformInput, byPlace, foreign } = examine(file, where);
  const fit = likest !== undefined && likest.likeness >= leastLikeness ? likest : undefined;
  const other = rank().find(({ variant }) => variant !== fit?.variant);
  const withPrefix = (misfits: readonly Misfit[] = []) =>
    misfits.map((misfit) => ({ ...misfit, name: tensors.get(misfit.name)?.fileName ?? `${prefix}${misfit.name}` }));
  return {
    variant: fit?.variant,
    likeness: fit?.likeness ?? 0,
    runnerUp: other && { variant: other.variant, likeness: other.likeness },
    source: byPlace ? "an ONNX network's places" : fit?.source.name,
    prefix,
    transformInput: transformInput === undefined ? undefined : transformInput ? 'on' : 'off',
    foreign,
    heads: fit?.heads ?? false,
    parameters: fit?.learned ?? 0,
    foldedBatchNorm: fit?.network.foldedBatchNorm ?? false,
    classes: fit?.network.classes,
    input: facts.input,
    channels: fit?.channels,
    missing: withPrefix(fit?.missing),
    surplus: withPrefix(fit?.surplus),
    misshapen: withPrefix(fit?.misshapen),
    skipped: fit === undefined ? [] : skippedOf(fit).map((name) => tensors.get(name)?.fileName ?? name),
  };
}

/** Names that a network without heads leaves out. */
export function skippedOf(fit: {
  readonly parameters: ReadonlyMap<string, string>;
  readonly superfluous: readonly string[];
}): string[] {
  return [...[...fit.parameters].flatMap(([name, ours]) => (isOfHead(ours) ? [name] : [])), ...fit.superfluous];
}
