import { countElements, type Shape, type Tensor } from '@strata/core';
import type { Golden } from './golden.js';

/** A well mixed 32-bit number for each index: a multiply, then MurmurHash3's finaliser. */
function mix(index: number, seed: number): number {
  let x = Math.imul(index ^ seed, 0x9e3779b1);
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  x ^= x >>> 16;
  return x >>> 0;
}

/** A float32 number from 0 to 1 for each index. */
export function unit(index: number, seed: number): number {
  return Math.fround(mix(index, seed) / 2 ** 32);
}

/** The picture [N,C,H,W] that a golden was computed on: unit(i, seed), row-major. */
export function goldenInput({ input, seed }: Pick<Golden, 'input' | 'seed'>): Tensor {
  return fill(input, (i) => unit(i, seed));
}

/** The weights that a golden was computed with, under the names that it gives. */
export function goldenWeights({ tensors, seed }: Pick<Golden, 'tensors' | 'seed'>): Record<string, Tensor> {
  return Object.fromEntries(tensors.map(({ name, shape }, k) => [name, weightsOf(name, shape, tensorSeed(seed, k))]));
}

/** (seed·1000003 + 7919·(k+1)) mod 2³². */
function tensorSeed(seed: number, k: number): number {
  return (Math.imul(seed, 1000003) + Math.imul(7919, k + 1)) >>> 0;
}

function weightsOf(name: string, shape: Shape, seed: number): Tensor {
  const signed = (i: number) => 2 * unit(i, seed) - 1;
  const batchNormScale = shape.length === 1 && name.includes('bn') && name.endsWith('.weight');
  if (name.endsWith('running_var') || batchNormScale) return fill(shape, (i) => 0.5 + unit(i, seed));
  if (shape.length === 1) return fill(shape, (i) => 0.1 * signed(i));
  const bound = Math.sqrt(6 / (countElements(shape) / shape[0]));
  return fill(shape, (i) => bound * signed(i));
}

/** Float32 values of a float64 formula of the element's index. */
function fill(shape: Shape, valueAt: (index: number) => number): Tensor {
  const data = new Float32Array(countElements(shape));
  for (let i = 0; i < data.length; i++) data[i] = valueAt(i);
  return { shape: [...shape], dtype: 'float32', data };
}
