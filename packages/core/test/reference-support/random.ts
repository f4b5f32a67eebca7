import { createRandom as create } from '@strata/trials';
import { countElements, type Shape } from '../../src/tensor/shape.js';
import { type Tensor, tensor } from '../../src/tensor/tensor.js';

/** A seeded source of numbers in [0, 1). */
export function createRandom(seed: number): () => number {
  return create(seed).unit;
}

export type Fill = (index: number) => number;

/** Ways to fill a tensor whose roundings cancel. */
export const unstructuredFills = {
  zeroMean: (random: () => number) => () => 2 * random() - 1,
  positive: (random: () => number) => () => random(),
  normal: (random: () => number) => () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
} satisfies Record<string, (random: () => number) => Fill>;

/** Ways to fill a tensor whose roundings add up. */
export const structuredFills = {
  constant: (random: () => number) => {
    const value = random();
    return () => value;
  },
  sorted: (random: () => number) => {
    const step = random();
    return (index: number) => step * index;
  },
  repeated: (random: () => number) => {
    const values = [random(), random(), random()];
    return (index: number) => values[index % 3];
  },
  wideRange: (random: () => number) => () => (2 * random() - 1) * 2 ** Math.floor(40 * random() - 20),
} satisfies Record<string, (random: () => number) => Fill>;

export function fillTensor(shape: Shape, fill: Fill): Tensor {
  return tensor(
    shape,
    Array.from({ length: countElements(shape) }, (_, i) => fill(i)),
  );
}
