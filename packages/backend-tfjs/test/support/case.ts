import {
  countElements,
  type Graph,
  LayerBuilder,
  nodesOf,
  type Shape,
  type Tensor,
  tensor,
  toConcrete,
  type Value,
  type Weights,
} from '@strata/core';
import { agree, formatDisagreement, interpret } from '@strata/core/reference';
import { expect } from 'vitest';

/** A graph with everything needed to run it. */
export interface Case {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly inputs: Readonly<Record<string, Tensor>>;
}

/** A case whose numbers follow from the seed. Input shapes must be concrete. */
export function makeCase(build: (layers: LayerBuilder) => Value | Value[], seed: number, scale = 1): Case {
  const layers = new LayerBuilder();
  const built = build(layers);
  const graph = layers.build(Array.isArray(built) ? built : [built]);
  const next = randomNumbers(seed);
  const weights = Object.fromEntries(
    nodesOf(graph, 'parameter').map(({ name, attributes }) => {
      // A variance is positive.
      const make = name.endsWith('variance') ? () => 0.1 + Math.abs(next()) : next;
      return [name, randomTensor(attributes.shape, make)];
    }),
  );
  const inputs = Object.fromEntries(
    nodesOf(graph, 'input').map(({ name, attributes }) => [
      name,
      randomTensor(toConcrete(attributes.shape, name), () => next() * scale),
    ]),
  );
  return { graph, weights, inputs };
}

export function randomTensor(shape: Shape, next: () => number): Tensor {
  return tensor(
    shape,
    Float32Array.from({ length: countElements(shape) }, () => next()),
  );
}

/** Numbers between −1 and 1 with 24 significant bits (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** What a case needs of a backend, so that one in a page will do. */
export interface Runner {
  compile(graph: Graph, weights: Weights): Promise<CompiledRunner>;
  dispose(): Promise<void>;
}

export interface CompiledRunner {
  run(inputs: Case['inputs']): Promise<Record<string, Tensor>>;
  dispose(): Promise<void>;
}

/** Runs the case and fails, with the worst elements, unless every output is within the reference's tolerance. */
export async function expectAgreement(backend: Runner, { graph, weights, inputs }: Case): Promise<void> {
  const executable = await backend.compile(graph, weights);
  try {
    checkOutputs({ graph, weights, inputs }, await executable.run(inputs));
  } finally {
    await executable.dispose();
  }
}

/** Fails, with the worst elements, unless these outputs of the case are within the reference's tolerance. */
export function checkOutputs({ graph, weights, inputs }: Case, outputs: Readonly<Record<string, Tensor>>): void {
  for (const [name, judged] of interpret(graph, weights, inputs)) {
    expect(outputs[name].shape).toEqual(judged.shape);
    const agreement = agree(judged, outputs[name].data);
    if (agreement.failed > 0) throw new Error(formatDisagreement(agreement, name));
  }
}
