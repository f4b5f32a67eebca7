import { describe, expect, it } from 'vitest';
import { GraphError, ShapeError } from '../src/errors.js';
import { findNode, nodesOf } from '../src/graph/graph.js';
import { printGraph } from '../src/graph/print.js';
import { LayerBuilder, type Value } from '../src/layers/index.js';

/** A picture of 6 channels and open size. */
function start(): { layers: LayerBuilder; x: Value } {
  const layers = new LayerBuilder();
  return { layers, x: layers.input('x', ['batch', 6, 'height', 'width']) };
}

describe('LayerBuilder', () => {
  it('names layers and their parameters by scope', () => {
    const { layers, x } = start();
    const y = layers.scope('block', (block) => {
      const left = block.scope('left', (inner) => inner.conv2d('conv', x, { filters: 2, window: 1 }));
      const right = block.conv2d('right', x, { filters: 3, window: [1, 3], padding: [0, 1], activation: 'relu' });
      return block.concat('out', [left, right]);
    });
    expect(y).toEqual({ name: 'block.out', shape: ['batch', 5, 'height', 'width'] });
    expect(printGraph(layers.build([y]))).toMatchInlineSnapshot(`
      "x = input() → [batch,6,height,width]
      block.left.conv = conv2d(x, block.left.conv.weight[2,6,1,1], block.left.conv.bias[2]; stride=1,1 padding=0,0,0,0 dilation=1,1 groups=1 activation=none) → [batch,2,height,width]
      block.right.conv = conv2d(x, block.right.weight[3,6,1,3], block.right.bias[3]; stride=1,1 padding=0,1,0,1 dilation=1,1 groups=1 activation=none) → [batch,3,height,width]
      block.right = relu(block.right.conv) → [batch,3,height,width]
      block.out = concat(block.left.conv, block.right; axis=1) → [batch,5,height,width]
      return block.out"
    `);
  });

  it('fills in what is left out, as ONNX and PyTorch do', () => {
    const { layers, x } = start();
    const attributes = (value: Value) => findNode(layers.build([value]), value.name).attributes;
    expect(attributes(layers.conv2d('c', x, { filters: 1, window: 3 }))).toEqual({
      stride: [1, 1],
      padding: [0, 0, 0, 0],
      dilation: [1, 1],
      groups: 1,
      activation: 'none',
    });
    expect(attributes(layers.maxPool2d('m', x, { window: [2, 3], padding: [0, 1] }))).toEqual({
      window: [2, 3],
      stride: [2, 3],
      padding: [0, 1, 0, 1],
      dilation: [1, 1],
      rounding: 'floor',
    });
    const pool = layers.avgPool2d('a', x, { window: 2, stride: [1, 2], padding: [1, 0, 0, 1], dilation: [2, 1] });
    expect(attributes(pool)).toEqual({
      window: [2, 2],
      stride: [1, 2],
      padding: [1, 0, 0, 1],
      dilation: [2, 1],
      rounding: 'floor',
      countPadding: false,
    });
    expect(attributes(layers.lrn('l', x, { size: 5 }))).toEqual({ size: 5, alpha: 1e-4, beta: 0.75, k: 1 });
    expect(attributes(layers.batchNorm('n', x))).toEqual({ epsilon: 1e-5 });
    expect(attributes(layers.softmax('s', x))).toEqual({ axis: 3 });
    expect(attributes(layers.flatten('f', x, { axis: -1 }))).toEqual({ axis: 3 });
    expect(attributes(layers.concat('j', [x, x], { axis: -3 }))).toEqual({ axis: 1 });
  });

  it('gives grouped convolutions, linear layers and batch norm their parameters', () => {
    const { layers, x } = start();
    const conv = layers.conv2d('conv', x, { filters: 4, window: [5, 3], groups: 2, bias: false });
    const flat = layers.flatten('flat', layers.globalAvgPool('pool', layers.batchNorm('norm', conv)));
    const graph = layers.build([layers.linear('fc', flat, { features: 7, activation: 'relu' })]);
    const shapes = nodesOf(graph, 'parameter').map(({ name, attributes }) => [name, attributes.shape]);
    expect(Object.fromEntries(shapes)).toEqual({
      'conv.weight': [4, 3, 5, 3],
      'norm.scale': [4],
      'norm.shift': [4],
      'norm.mean': [4],
      'norm.variance': [4],
      'fc.weight': [7, 4],
      'fc.bias': [7],
    });
    expect(graph.nodes.map(({ name }) => name)).toContain('fc.linear');
  });

  it('keeps the typical size of an input, and nothing where none is given', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['n', 2], { typical: [1, 2] });
    const graph = layers.build([layers.add('y', x, layers.input('z', [2]))]);
    expect(nodesOf(graph, 'input').map(({ attributes }) => attributes)).toEqual([
      { shape: ['n', 2], typical: [1, 2] },
      { shape: [2] },
    ]);
  });

  it('builds a graph that cannot be changed, and copies the arrays that it was given', () => {
    const shape = [1, 2];
    const layers = new LayerBuilder();
    const x = layers.input('x', shape);
    shape[0] = 9;
    const graph = layers.build([layers.relu('y', x)]);
    expect(findNode(graph, 'x').attributes).toEqual({ shape: [1, 2] });
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(graph)).toBe(true);
  });

  it('does not freeze the arrays that it was given', () => {
    const padding: [number, number, number, number] = [0, 0, 1, 1];
    const { layers, x } = start();
    layers.build([layers.maxPool2d('y', x, { window: 2, padding })]);
    expect(Object.isFrozen(padding)).toBe(false);
    padding[0] = 1;
  });

  it('can be retried after a layer that did not fit', () => {
    const { layers, x } = start();
    expect(() => layers.conv2d('conv', x, { filters: 4, window: 1, groups: 3 })).toThrow(ShapeError);
    expect(() => layers.conv2d('conv', x, { filters: 4, window: 1, stride: 0 })).toThrow(ShapeError);
    const graph = layers.build([layers.conv2d('conv', x, { filters: 4, window: 1, groups: 2 })]);
    expect(nodesOf(graph, 'parameter').map(({ name }) => name)).toEqual(['conv.weight', 'conv.bias']);
  });

  it('says where, got, want and hint', () => {
    const { layers, x } = start();
    const stranger = new LayerBuilder().input('other', [1]);
    const message = (build: () => unknown) => {
      try {
        build();
      } catch (error) {
        if (error instanceof ShapeError || error instanceof GraphError) return String(error);
        throw error;
      }
      throw new Error('it was taken');
    };
    const flat = layers.flatten('flat', x);
    const tiny = layers.input('tiny', [1, 2, 3, 3]);
    expect([
      message(() => layers.scope('stem', (stem) => stem.conv2d('conv', flat, { filters: 2, window: 3 }))),
      message(() => layers.conv2d('grouped', x, { filters: 4, window: 1, groups: 4 })),
      message(() => layers.conv2d('uneven', x, { filters: 4, window: 1, groups: 3 })),
      message(() => layers.conv2d('none', x, { filters: 0, window: 1 })),
      message(() => layers.conv2d('large', tiny, { filters: 2, window: 5 })),
      message(() => layers.conv2d('still', x, { filters: 2, window: 1, stride: 0 })),
      message(() => layers.maxPool2d('padded', tiny, { window: 2, padding: 2 })),
      message(() => layers.avgPool2d('half', x, { window: 1.5 })),
      message(() => layers.linear('fc', flat, { features: 3 })),
      message(() => layers.linear('fc4', x, { features: 3 })),
      message(() => layers.lrn('lrn', flat, { size: 5 })),
      message(() => layers.lrn('lrn0', x, { size: 0 })),
      message(() => layers.lrn('lrnK', x, { size: 5, k: 0 })),
      message(() => layers.softmax('soft', x, { axis: 4 })),
      message(() => layers.concat('apart', [x, tiny], { axis: 0 })),
      message(() => layers.concat('nothing', [])),
      message(() => layers.add('sum', tiny, layers.input('vector', [4]))),
      message(() => layers.batchNorm('norm', layers.input('scalar', []))),
      message(() => layers.batchNorm('normE', x, { epsilon: -1 })),
      message(() => layers.dropout('drop', x, { rate: 1 })),
      message(() => layers.flatten('flat9', x, { axis: 9 })),
      message(() => layers.input('bad', [1, 0])),
      message(() => layers.parameter('badWeight', [2.5])),
      message(() => layers.relu('flat', x)),
      message(() => layers.relu('foreign', stranger)),
      message(() => layers.build([])),
      message(() => layers.build([x, x])),
    ]).toMatchInlineSnapshot(`
      [
        "ShapeError: stem.conv (conv2d): flat [batch,6·height·width], want a number of channels on axis 1, not a name; the size of the weights depends on it",
        "ShapeError: grouped (conv2d): 6 input channels in 4 groups, want input channels that the groups divide",
        "ShapeError: uneven (conv2d): weights [4,2,1,1] in 3 groups, want output channels that the groups divide",
        "ShapeError: none.weight (parameter): size 0, want a whole number of at least 1",
        "ShapeError: large (conv2d): rows: 3 pixels (3 with padding), want at least 5 for a window of 5 with dilation 1; give a larger picture, or more padding",
        "ShapeError: still (conv2d): stride 0, want a whole number of at least 1",
        "ShapeError: padded (maxPool2d): rows: window 0 of 3 lies wholly in the padding, want at least one real pixel in every window; use less padding",
        "ShapeError: half (avgPool2d): window 1.5, want a whole number of at least 1",
        "ShapeError: fc (linear): flat [batch,6·height·width], want a number of features on axis 1, not a name; the size of the weights depends on it",
        "ShapeError: fc4 (linear): x [batch,6,height,width] with 4 axes, want 2 axes; x is [batch, in]",
        "ShapeError: lrn (lrn): x [batch,6·height·width] with 2 axes, want 4 axes; x is [batch, channels, height, width]",
        "ShapeError: lrn0 (lrn): size 0, want a whole number of at least 1",
        "ShapeError: lrnK (lrn): k 0, want more than 0",
        "ShapeError: soft (softmax): axis 4, want a whole number from -4 to 3",
        "ShapeError: apart (concat): input 1 is [1,2,3,3], want [batch,6,height,width] on every axis but 0",
        "GraphError: nothing (concat): 0 inputs, want at least one",
        "ShapeError: sum (add): [1,2,3,3] and [4], want sizes that are equal or 1, from the last axis",
        "ShapeError: norm (batchNorm): scalar [], want axis 1 = channels",
        "ShapeError: normE (batchNorm): epsilon -1, want 0 or more",
        "ShapeError: drop (dropout): rate 1, want 0 or more and less than 1",
        "ShapeError: flat9 (flatten): axis 9 for [batch,6,height,width], want a whole number from -4 to 4",
        "ShapeError: bad (input): shape [1,0], want sizes of at least 1, or their names",
        "ShapeError: badWeight (parameter): size 2.5, want a whole number of at least 1",
        "GraphError: flat (relu): a name that is taken, want unique names; give each layer its own name, or put it in a scope",
        "GraphError: foreign (relu): input 'other', want a value of this builder",
        "GraphError: graph: no outputs, want at least one",
        "GraphError: output 'x': the same name twice, want each output once",
      ]
    `);
  });
});
