import { openSafetensors, type Shape, type Tensor, type Weights, WeightsError } from '@strata/core';
import { host } from '#host';
import { isVariant, type Variant, variantNames } from '../network/variants.js';
import { shippedWeights } from './shipped.js';
import { collectWeights, recogniseCheckpoint, translateNames } from './translate.js';

/** Weights: the path or URL of a safetensors file, its bytes, or tensors by name. */
export type WeightsSource = string | URL | Uint8Array | ArrayBuffer | Blob | Weights;

/** Weights under our names, and what is known of them. */
export interface Checkpoint {
  readonly variant: Variant;
  readonly weights: Weights;
  /** Of the last layer. */
  readonly classes: number | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** Names that were left out, because only training uses them. */
  readonly skipped: readonly string[];
}

interface OpenCheckpoint {
  readonly where: string;
  readonly names: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly shapeOf: (name: string) => Shape;
  readonly read: (name: string) => Tensor;
}

/**
 * Reads weights from anywhere. Without a variant, the names or the file's metadata tell it, and the seed variant is
 * meant where neither does; without weights, the shipped ones are. `WeightsError` when the file can not be used.
 */
export async function readCheckpoint(
  given: WeightsSource | undefined,
  wanted: Variant | undefined,
  signal?: AbortSignal,
): Promise<Checkpoint> {
  const source = given ?? shippedWeights(wanted ?? 'seed');
  const { where, names, metadata, shapeOf, read } = await open(source, signal);
  const variant = wanted ?? recogniseCheckpoint(names)?.variant ?? variantOf(metadata, where);
  const { parameters, skipped } = translateNames(variant, names, where);
  const last = [...parameters].find(([, ours]) => ours === 'fc.weight');
  return {
    variant,
    weights: collectWeights(variant, parameters, read),
    classes: last === undefined ? undefined : shapeOf(last[0])[0],
    metadata,
    skipped,
  };
}

function variantOf({ variant = 'seed' }: Readonly<Record<string, string>>, where: string): Variant {
  if (isVariant(variant)) return variant;
  throw new WeightsError({
    where: `${where}: metadata 'variant'`,
    got: `'${variant}'`,
    want: variantNames.join(', '),
    hint: 'name the variant yourself',
  });
}

async function open(source: WeightsSource, signal: AbortSignal | undefined): Promise<OpenCheckpoint> {
  if (typeof source === 'string' || source instanceof URL) {
    const bytes = await host.readBytes(source, { Failure: WeightsError, want: 'a safetensors file', signal });
    return openBytes(bytes, String(source));
  }
  if (source instanceof Uint8Array) return openBytes(source, 'weights');
  if (source instanceof ArrayBuffer) return openBytes(new Uint8Array(source), 'weights');
  if (isBlob(source)) return openBytes(new Uint8Array(await source.arrayBuffer()), 'weights');
  return {
    where: 'weights',
    names: Object.keys(source),
    metadata: {},
    shapeOf: (name) => source[name].shape,
    read: (name) => source[name],
  };
}

function openBytes(bytes: Uint8Array, where: string): OpenCheckpoint {
  const { metadata, tensors } = openSafetensors(bytes, where);
  const find = (name: string) => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new WeightsError({ where, got: `no tensor '${name}'` });
    return tensor;
  };
  return {
    where,
    names: [...tensors.keys()],
    metadata,
    shapeOf: (name) => find(name).shape,
    read: (name) => find(name).read(),
  };
}

function isBlob(source: unknown): source is Blob {
  return typeof Blob !== 'undefined' && source instanceof Blob;
}
