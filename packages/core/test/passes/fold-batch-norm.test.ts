import { randomWeights } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { defaultPasses } from '../../src/passes/default-passes.js';
import { foldBatchNorm } from '../../src/passes/fold-batch-norm.js';
import { fuseActivation } from '../../src/passes/fuse-activation.js';
import { runPasses } from '../../src/passes/pass.js';
import { type Tensor, tensor } from '../../src/tensor/tensor.js';
import { listComputed, modelOf } from '../support/two-channel-model.js';

describe('foldBatchNorm', () => {
  it('makes conv2d and batchNorm one conv2d, with or without bias', () => {
    for (const bias of [true, false]) {
      const model = modelOf((layers, x) => [
        layers.batchNorm('norm', layers.conv2d('conv', x, { filters: 3, window: [2, 1], bias }), { epsilon: 0.25 }),
      ]);
      const folded = runPasses(model, [foldBatchNorm]);
      expect(listComputed(folded)).toEqual(['norm conv2d']);
      expect(Object.keys(folded.weights).sort()).toEqual(['norm.folded.bias', 'norm.folded.weight']);
    }
  });

  it('computes the folded numbers in float64 and rounds once', () => {
    const { graph } = modelOf((layers, x) => [
      layers.batchNorm('norm', layers.conv2d('conv', x, { filters: 2, window: 1 }), { epsilon: 0.1 }),
    ]);
    const weights: Record<string, Tensor> = {
      'conv.weight': tensor([2, 2, 1, 1], [1, 2, 3, 0.1]),
      'conv.bias': tensor([2], [0.3, -1]),
      'norm.scale': tensor([2], [2, 0.7]),
      'norm.shift': tensor([2], [5, 0.01]),
      'norm.mean': tensor([2], [0.3, 7]),
      'norm.variance': tensor([2], [3.9, 0.6]),
    };
    const at = (name: string, i: number) => weights[name].data[i];
    const gain = [0, 1].map((f) => at('norm.scale', f) / Math.sqrt(at('norm.variance', f) + 0.1));
    const folded = foldBatchNorm.apply({ graph, weights }).weights;
    expect([...folded['norm.folded.weight'].data]).toEqual(
      [0, 1, 2, 3].map((i) => Math.fround(at('conv.weight', i) * gain[i >> 1])),
    );
    expect([...folded['norm.folded.bias'].data]).toEqual(
      [0, 1].map((f) => Math.fround((at('conv.bias', f) - at('norm.mean', f)) * gain[f] + at('norm.shift', f))),
    );
  });

  it('leaves alone values with other readers, requested outputs, and ops that are not convolutions', () => {
    const shared = modelOf((layers, x) => {
      const conv = layers.conv2d('conv', x, { filters: 2, window: 1 });
      return [layers.add('sum', layers.batchNorm('norm', conv), conv)];
    });
    const asked = modelOf((layers, x) => {
      const conv = layers.conv2d('conv', x, { filters: 2, window: 1 });
      return [conv, layers.batchNorm('norm', conv)];
    });
    const apart = modelOf((layers, x) => {
      const conv = layers.conv2d('conv', x, { filters: 2, window: 1, activation: 'relu' });
      return [layers.batchNorm('norm', layers.batchNorm('first', conv))];
    });
    for (const model of [shared, asked, apart]) {
      expect(runPasses(model, [foldBatchNorm])).toEqual(model);
      expect(listComputed(runPasses(model, defaultPasses)).filter((line) => line.endsWith('batchNorm'))).not.toEqual(
        [],
      );
    }
  });

  it('keeps statistics and weights that another layer uses too', () => {
    const { graph } = modelOf((layers, x) => {
      const norm = layers.batchNorm('norm', layers.conv2d('conv', x, { filters: 2, window: 1 }));
      return [layers.add('sum', norm, layers.batchNorm('other', x))];
    });
    const rename = (name: string) => name.replace('other.', 'norm.');
    const nodes = graph.nodes
      .filter(({ name }) => !name.startsWith('other.'))
      .map((node) => ({ ...node, inputs: node.inputs.map(rename) }));
    const sharing: Graph = { nodes, outputs: graph.outputs };
    const folded = runPasses({ graph: sharing, weights: randomWeights(sharing, 2) }, [foldBatchNorm]);
    expect(listComputed(folded)).toEqual(['norm conv2d', 'other batchNorm', 'sum add']);
    expect(Object.keys(folded.weights)).toContain('norm.variance');
  });

  it('folds no batchNorm into a convolution that is activated already', () => {
    const model = modelOf((layers, x) => [
      layers.batchNorm('norm', layers.relu('c', layers.conv2d('c.conv', x, { filters: 2, window: 1 }))),
    ]);
    const activated = runPasses(model, [fuseActivation]);
    expect(runPasses(activated, [foldBatchNorm])).toEqual(activated);
  });
});
