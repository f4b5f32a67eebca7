import { type Graph, nodesOf, type Shape, type Tensor, type Weights } from '@strata/core';
import { fill } from './generators/values.js';

/** Numbers from -1 to 1, the same for one seed. */
export function randomTensor(shape: Shape, seed: number): Tensor {
  return fill(shape, { kind: 'uniform', seed, specials: [] });
}

/** Such numbers for every parameter of a graph; variances from 0.1 to 2. */
export function randomWeights(graph: Graph, seed: number): Weights {
  return Object.fromEntries(
    nodesOf(graph, 'parameter').map(({ name, attributes: { shape } }, index) => {
      const kind = name.endsWith('.variance') ? 'positive' : 'uniform';
      return [name, fill(shape, { kind, seed: seed + 7919 * index, specials: [] })];
    }),
  );
}
