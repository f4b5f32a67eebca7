import {
  type Backend,
  countElements,
  type Graph,
  nodesOf,
  type Shape,
  type Tensor,
  tensor,
  type Weights,
} from '@strata/core';
import { compareOutputs, formatDisagreement, interpret } from '@strata/core/reference';

/** Numbers from −1 to 1, the same for one seed (mulberry32). */
export function randomArray(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

export function randomTensor(shape: Shape, seed: number): Tensor {
  return tensor(shape, randomArray(countElements(shape), seed));
}

/** Random weights for all parameters; variances are positive. */
export function randomWeights(graph: Graph, seed: number): Weights {
  return Object.fromEntries(
    nodesOf(graph, 'parameter').map(({ name, attributes: { shape } }, index) => {
      const values = randomArray(countElements(shape), seed + index);
      return [name, tensor(shape, name.endsWith('.variance') ? values.map((v) => Math.abs(v) + 0.1) : values)];
    }),
  );
}

/** As much of a backend as a comparison needs. */
export type Judgeable = Pick<Backend, 'device' | 'compile'>;

/** Throws, with the worst elements, unless the backend computes what the reference does within its tolerance. */
export async function expectReference(
  backend: Judgeable,
  graph: Graph,
  inputs: Readonly<Record<string, Tensor>>,
  weights: Weights = randomWeights(graph, 7),
): Promise<void> {
  const net = await backend.compile(graph, weights);
  try {
    const got = await net.run(inputs);
    for (const [name, agreement] of compareOutputs(interpret(graph, weights, inputs), got)) {
      if (agreement.failed > 0) throw new Error(formatDisagreement(agreement, `${backend.device}: ${name}`));
    }
  } finally {
    await net.dispose();
  }
}
