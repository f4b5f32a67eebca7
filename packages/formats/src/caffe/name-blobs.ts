import { type Shape, WeightsError } from '@strata/core';
import { quoteShape } from '../quote-shape.js';
import type { StoredTensor } from '../stored-tensor.js';
import { type Blob, toTensor } from './read-blob.js';
import type { ReadLayer } from './read-layer.js';
import type { CaffeDType } from './types.js';

/** Axes of the weights of a layer type. */
const weightAxes: ReadonlyMap<string, number> = new Map([
  ['Convolution', 4],
  ['Deconvolution', 4],
  ['InnerProduct', 2],
]);

/** A layer's blobs under their names. */
export function nameBlobs({ name, type, blobs }: ReadLayer): [name: string, tensor: StoredTensor<CaffeDType>][] {
  const axes = weightAxes.get(type);
  return blobs.map((blob, place): [string, StoredTensor<CaffeDType>] => {
    if (axes !== undefined && place === 0) return [`${name}.weight`, toTensor(blob, withoutOnes(blob, axes))];
    if (axes !== undefined && place === 1) return [`${name}.bias`, toTensor(blob, withoutOnes(blob, 1))];
    return [`${name}.${place}`, toTensor(blob, blob.shape)];
  });
}

/**
 * Old files give every blob four axes: a layer's own are the last, and the sizes before them are 1. Fewer axes than the
 * layer has are left as they are: windows over one axis have them.
 */
function withoutOnes({ where, shape }: Blob, axes: number): Shape {
  const surplus = shape.slice(0, Math.max(0, shape.length - axes));
  if (surplus.every((size) => size === 1)) return shape.slice(surplus.length);
  throw new WeightsError({ where, got: quoteShape(shape), want: `${axes} axes, or 1 in all before them` });
}
