import { randomWeights } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { LayerBuilder } from '../../src/layers/index.js';
import { defaultPasses } from '../../src/passes/default-passes.js';
import { runPasses } from '../../src/passes/pass.js';
import { listComputed, modelOf } from '../support/two-channel-model.js';

describe('the default passes', () => {
  it('make conv2d, batchNorm, dropout and two relus one node', () => {
    const model = modelOf((layers, x) => {
      const norm = layers.batchNorm('norm', layers.conv2d('conv', x, { filters: 2, window: 3, bias: false }));
      const inner = layers.relu('inner', layers.dropout('drop', norm, { rate: 0.1 }));
      return [layers.globalAvgPool('out', layers.relu('outer', inner))];
    });
    const { graph } = runPasses(model, defaultPasses);
    expect(graph.outputs).toEqual(['out']);
    expect(listComputed({ graph, weights: {} })).toMatchInlineSnapshot(`
      [
        "inner conv2d",
        "out globalAvgPool",
      ]
    `);
  });

  it('change neither the graph nor the weights that they are given', () => {
    const model = modelOf((layers, x) => [
      layers.relu('y', layers.batchNorm('norm', layers.conv2d('conv', x, { filters: 2, window: 1 }))),
    ]);
    const before = structuredClone(model);
    runPasses(model, defaultPasses);
    expect(model).toEqual(before);
  });

  it('keep a parameter that is itself an output', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['batch', 2, 4, 4]);
    const norm = layers.batchNorm('norm', layers.conv2d('c', x, { filters: 2, window: 1 }));
    const graph = layers.build([norm, layers.parameter('kept', [3])]);
    const { weights } = runPasses({ graph, weights: randomWeights(graph, 1) }, defaultPasses);
    expect(Object.keys(weights).toSorted()).toEqual(['kept', 'norm.folded.bias', 'norm.folded.weight']);
  });
});
