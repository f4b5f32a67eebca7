import { randomWeights } from '@strata/trials';
import { isComputed } from '../../src/graph/facts.js';
import { LayerBuilder, type Value } from '../../src/layers/index.js';
import type { Model } from '../../src/passes/pass.js';

/** The model of what `build` makes of a picture of 2 channels. */
export function modelOf(build: (layers: LayerBuilder, x: Value) => readonly Value[]): Model {
  const layers = new LayerBuilder();
  const graph = layers.build(build(layers, layers.input('x', ['batch', 2, 'height', 'width'])));
  return { graph, weights: randomWeights(graph, 1) };
}

/** Name and op of every node that computes. */
export function listComputed({ graph }: Model): string[] {
  return graph.nodes.filter(isComputed).map(({ name, op }) => `${name} ${op}`);
}
