import type { Shape, Tensor } from '@strata/core';
import fc from 'fast-check';
import { fill } from '../generators/values.js';

/** What a law about convolutions varies; all sizes differ. */
export const convChoices = fc.record({
  seed: fc.nat({ max: 2 ** 31 - 1 }),
  batch: fc.integer({ min: 1, max: 3 }),
  channels: fc.integer({ min: 2, max: 7 }),
  filters: fc.integer({ min: 2, max: 6 }),
  rows: fc.integer({ min: 1, max: 3 }),
  columns: fc.integer({ min: 1, max: 4 }),
  height: fc.integer({ min: 5, max: 9 }),
  width: fc.integer({ min: 6, max: 11 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.nat({ max: 2 }),
});

/** Gaussian numbers. */
export function gaussian(shape: Shape, seed: number): Tensor {
  return fill(shape, { kind: 'normal', seed, specials: [] });
}

/** Gaussian numbers cut to multiples of 1/64 of at most 8: sums and doubles of them are exact in float32. */
export function coarse(shape: Shape, seed: number): Tensor {
  const { data } = gaussian(shape, seed);
  const cut = Float32Array.from(data, (value) => Math.max(-8, Math.min(8, Math.round(64 * value) / 64)));
  return { shape, dtype: 'float32', data: cut };
}

/** An order of `count` places that the seed decides. */
export function shuffled(count: number, seed: number): number[] {
  const { data } = gaussian([count], seed);
  return Array.from({ length: count }, (_, i) => i).sort((a, b) => data[a] - data[b]);
}
