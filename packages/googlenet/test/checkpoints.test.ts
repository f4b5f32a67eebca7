import { bindWeights, countElements, nodesOf, type Shape, type Tensor } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { checkpointSources, translateWeights } from '../src/checkpoints/index.js';
import { buildGoogLeNet, constantsOf, styleOf, type Variant, variantNames } from '../src/network/index.js';
import { readStateDict } from './state-dicts.js';

function filled(shape: Shape, value: number): Tensor {
  return { shape, dtype: 'float32', data: new Float32Array(countElements(shape)).fill(value) };
}

function checkpoint(variant: Variant): Record<string, Tensor> {
  return Object.fromEntries(readStateDict(variant).map(([name, shape], index) => [name, filled(shape, index)]));
}

describe.each(variantNames)('names of %s', (variant) => {
  it('lead to each parameter exactly once', () => {
    const { weights, skipped, source } = translateWeights(variant, checkpoint(variant));
    const graph = buildGoogLeNet(variant);
    expect(Object.keys(bindWeights(graph, weights))).toHaveLength(nodesOf(graph, 'parameter').length);
    const constants = Object.keys(constantsOf(variant)).length;
    expect(nodesOf(graph, 'parameter').length - constants + skipped.length).toBe(readStateDict(variant).length);
    expect(source).toBe(checkpointSources.find((known) => known.variant === variant)?.name);
  });

  it.each(checkpointSources.filter((source) => source.variant === variant))('map one to one: $name', (source) => {
    const { parameters, folded } = source;
    expect(new Set(parameters.values()).size).toBe(parameters.size);
    const auxiliary = styleOf(variant).auxiliary !== undefined;
    const graph = buildGoogLeNet(variant, { auxiliary, foldedBatchNorm: folded });
    const own = nodesOf(graph, 'parameter').map(({ name }) => name);
    const constants = constantsOf(variant, { auxiliary });
    expect([...parameters.values()].sort()).toEqual(own.filter((name) => !(name in constants)).sort());
  });

  it('of our own pass through', () => {
    const ours = translateWeights(variant, checkpoint(variant)).weights;
    const again = translateWeights(variant, ours);
    expect(again.weights).toEqual(ours);
    expect(again.source).toBeUndefined();
  });
});

describe('checkpoints', () => {
  it('leave out what only training uses', () => {
    const counter = filled([1], 5);
    const { skipped } = translateWeights('torchvision', {
      ...checkpoint('torchvision'),
      'conv1.bn.num_batches_tracked': counter,
    });
    expect(skipped).toHaveLength(19);
    expect(skipped).toContain('aux1.conv.conv.weight');
    expect(skipped).toContain('conv1.bn.num_batches_tracked');
    expect(
      translateWeights('bvlc', { ...checkpoint('bvlc'), 'loss1/classifier.bias': filled([1000], 0) }).skipped,
    ).toEqual(['loss1/classifier.bias']);
  });

  it('pair names by meaning', () => {
    const { weights } = translateWeights('torchvision', checkpoint('torchvision'));
    const order = readStateDict('torchvision').map(([name]) => name);
    const value = (name: string) => weights[name].data[0];
    expect(value('inception4e.branch2.reduce.bn.variance')).toBe(order.indexOf('inception4e.branch2.0.bn.running_var'));
    expect(value('inception4e.branch4.bn.shift')).toBe(order.indexOf('inception4e.branch4.1.bn.bias'));
    const seed = translateWeights('seed', checkpoint('seed')).weights;
    const seedOrder = readStateDict('seed').map(([name]) => name);
    expect(seed['inception5a.branch3.bias'].data[0]).toBe(seedOrder.indexOf('4.0.p3_2.bias'));
    expect(seed['conv2.weight'].data[0]).toBe(seedOrder.indexOf('1.0.weight'));
  });

  it('of another variant, and tensors given twice, are refused', () => {
    expect(() => translateWeights('seed', checkpoint('bvlc'), 'caffe.safetensors')).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: caffe.safetensors: names of Caffe, want weights of the seed variant; these are for the bvlc variant]`,
    );
    const twice = { ...checkpoint('seed'), 'fc.bias': filled([10], 0) };
    expect(() => translateWeights('seed', twice)).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: weights: both '6.bias' and 'fc.bias', want one tensor for fc.bias]`,
    );
  });

  it('with a missing, a misshapen and a surplus tensor: the error names all three', () => {
    const { '6.bias': _, ...rest } = checkpoint('seed');
    const broken = { ...rest, '0.0.bias': filled([63], 0), '9.9.weight': filled([1], 0) };
    const { weights } = translateWeights('seed', broken);
    expect(() => bindWeights(buildGoogLeNet('seed'), weights)).toThrowErrorMatchingInlineSnapshot(
      `
      [WeightsError: weights: 3 of 117 tensors do not fit: 1 missing, 1 surplus, 1 of another shape or content, want the 116 parameters of the network, finite, in their shapes
      name        got      want
      conv1.bias  [63]     [64]
      fc.bias     missing  [10]
      9.9.weight  [1]      none]
    `,
    );
  });
});
