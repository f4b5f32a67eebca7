import { type Graph, InputError, initialiseWeights, LayerBuilder, type Tensor, type Weights } from '@strata/core';
import { inception, stages, styleOf } from '@strata/googlenet';
import { goldenModel } from '../golden/check-golden.js';
import { goldenInput } from '../golden/formula.js';
import { loadGolden } from '../golden/load.js';

/** `block`: one inception block of the seed network; `network`: the whole. */
export type MemoryModelName = 'block' | 'network';

/** A graph with all that a run takes. */
export interface MemoryModel {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly inputs: Readonly<Record<string, Tensor>>;
}

/**
 * Small pictures: a leak shows at any size. The block on 1×192×6×7 has 0.7 MB of weights, the network on 1×1×32×32 24
 * MB.
 */
export async function memoryModel(name: MemoryModelName): Promise<MemoryModel> {
  return name === 'block' ? blockModel() : goldenModel({ ...(await loadGolden('seed-224')), input: [1, 1, 32, 32] });
}

function blockModel(): MemoryModel {
  const shape = [1, 192, 6, 7];
  const filters = stages.find((stage) => stage.type === 'inception');
  if (filters === undefined) throw new InputError({ where: 'memory', got: 'no inception block', want: 'inception3a' });
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 192, 'height', 'width'], { typical: shape });
  const graph = layers.build([inception(layers, filters.name, x, filters, styleOf('seed'))]);
  return {
    graph,
    weights: initialiseWeights(graph, { scheme: 'kaiming-uniform', seed: 1 }),
    inputs: { x: goldenInput({ input: shape, seed: 2 }) },
  };
}
