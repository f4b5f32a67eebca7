import { type Graph, LayerBuilder, nodesOf, type Tensor, toConcrete, type Value, type Weights } from '@strata/core';
import { agree, formatDisagreement, interpret } from '@strata/core/reference';
import { randomTensor, randomWeights } from '@strata/trials';
import { expect } from 'vitest';

/** A graph with everything needed to run it. */
export interface Case {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly inputs: Readonly<Record<string, Tensor>>;
}

/** A case whose numbers, from -1 to 1, follow from the seed. Input shapes must be concrete. */
export function makeCase(build: (layers: LayerBuilder) => Value | Value[], seed: number): Case {
  const layers = new LayerBuilder();
  const built = build(layers);
  const graph = layers.build(Array.isArray(built) ? built : [built]);
  const inputs = Object.fromEntries(
    nodesOf(graph, 'input').map(({ name, attributes }, index) => [
      name,
      randomTensor(toConcrete(attributes.shape, name), seed + 1000 * (index + 1)),
    ]),
  );
  return { graph, weights: randomWeights(graph, seed), inputs };
}

/** Fails, with the worst elements, unless these outputs of the case are within the reference's tolerance. */
export function checkOutputs({ graph, weights, inputs }: Case, outputs: Readonly<Record<string, Tensor>>): void {
  for (const [name, judged] of interpret(graph, weights, inputs)) {
    expect(outputs[name].shape).toEqual(judged.shape);
    const agreement = agree(judged, outputs[name].data);
    if (agreement.failed > 0) throw new Error(formatDisagreement(agreement, name));
  }
}
