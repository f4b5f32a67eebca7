import { inferShapes, type Model, type Tensor, tensor } from '@strata/core';
import { interpret } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { importOnnx, type OnnxImportOptions } from '../../src/onnx/index.js';
import { floats, node, type OnnxParts, onnxOf, wholes } from '../support/onnx-model.js';

function read(parts: OnnxParts, options: OnnxImportOptions = {}) {
  const { graph, weights, assumed } = importOnnx(onnxOf(parts), options);
  const ops = graph.nodes.filter(({ op }) => op !== 'input' && op !== 'parameter').map(({ op }) => op);
  return { graph, weights, assumed, ops };
}

function compute({ graph, weights }: Model, inputs: Readonly<Record<string, Tensor>>): number[][] {
  const values = interpret(graph, weights, inputs);
  return graph.outputs.map((name) => [...(values.get(name)?.value ?? [])]);
}

/** sin(i) in that shape. */
function wave(...shape: number[]): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensor(
    shape,
    Array.from({ length: count }, (_, i) => Math.sin(i)),
  );
}

const picture = { x: ['batch', 5, 4, 3] };

describe('importOnnx takes together', () => {
  it('MatMul with Add as a linear layer, in either order', () => {
    const constants = [floats('w', [2, 3], [1, 2, 3, 4, 5, 6]), floats('b', [3], [10, 20, 30])];
    for (const inputs of [
      ['p', 'b'],
      ['b', 'p'],
    ]) {
      const nodes = [node('MatMul', ['x', 'w'], 'p'), node('Add', inputs, 'y')];
      const { ops, weights, ...model } = read({ inputs: { x: ['n', 2] }, nodes, outputs: ['y'], constants });
      expect(ops).toEqual(['linear']);
      expect(Object.keys(weights)).toEqual(['y.weight', 'b']);
      expect(compute({ weights, ...model }, { x: tensor([1, 2], [1, 2]) })).toEqual([[19, 32, 45]]);
    }
    const nodes = [node('MatMul', ['x', 'w'], 'p'), node('Add', ['p', 'b'], 'y')];
    const both = read({ inputs: { x: ['n', 2] }, nodes, outputs: ['y', 'p'], constants });
    expect(both.ops).toEqual(['linear', 'linear']);
    expect(compute(both, { x: tensor([1, 2], [1, 2]) })).toEqual([
      [19, 32, 45],
      [9, 12, 15],
    ]);
  });

  it('the parts of LRN as PyTorch writes them', () => {
    const lrn = (size: number, before: number) => [
      node('Mul', ['x', 'x'], 'square'),
      node('Reshape', ['square', 'deep'], 'planes'),
      node('Pad', ['planes', `pads${before}`], 'padded'),
      node('AveragePool', ['padded'], 'mean', { kernel_shape: [size, 1, 1], strides: [1, 1, 1] }),
      node('Squeeze', ['mean', 'one'], 'flat'),
      node('Mul', ['flat', 'alpha'], 'scaled'),
      node('Add', ['scaled', 'k'], 'sum'),
      node('Pow', ['sum', 'beta'], 'power'),
      node('Div', ['x', 'power'], 'y'),
    ];
    const pads = (before: number, after: number) => [0, 0, before, 0, 0, 0, 0, after, 0, 0];
    const constants = [
      wholes('deep', [-1, 1, 5, 4, 3]),
      wholes('pads1', pads(1, 1)),
      wholes('pads2', pads(2, 1)),
      wholes('one', [1]),
      ...[floats('alpha', [], [0.5]), floats('k', [], [2]), floats('beta', [], [0.75])],
    ];
    const model = read({ inputs: picture, nodes: lrn(3, 1), outputs: ['y'], constants });
    expect(model.ops).toEqual(['lrn']);
    expect(model.graph.nodes.at(-1)?.attributes).toEqual({ size: 3, alpha: 0.5, beta: 0.75, k: 2 });
    const x = wave(2, 5, 4, 3);
    const [got] = compute(model, { x });
    const at = (n: number, c: number, i: number) => (c < 0 || c > 4 ? 0 : x.data[(n * 5 + c) * 12 + i]);
    for (let index = 0; index < got.length; index++) {
      const [n, c, i] = [Math.floor(index / 60), Math.floor(index / 12) % 5, index % 12];
      const mean = (at(n, c - 1, i) ** 2 + at(n, c, i) ** 2 + at(n, c + 1, i) ** 2) / 3;
      expect(got[index]).toBeCloseTo(at(n, c, i) / (2 + 0.5 * mean) ** 0.75, 12);
    }
    // An even window lies otherwise in PyTorch; other channels are another mean.
    const refused = /nodes that cannot be taken|no layer stands for|kernel_shape: 3 numbers/;
    expect(() => read({ inputs: picture, nodes: lrn(4, 2), outputs: ['y'], constants })).toThrow(refused);
    const other = { x: ['batch', 10, 2, 3] };
    expect(() => read({ inputs: other, nodes: lrn(3, 1), outputs: ['y'], constants })).toThrow(refused);
  });

  it('Pad with the window behind it where that is the same', () => {
    const constants = [
      wholes('pads', [0, 0, 1, 0, 0, 0, 2, 1]),
      floats('low', [], [Number.NEGATIVE_INFINITY]),
      floats('w', [1, 5, 2, 2], [...wave(20).data]),
    ];
    const padded = { inputs: picture, outputs: ['y'], constants };
    const conv = read({
      ...padded,
      nodes: [node('Pad', ['x', 'pads'], 'p'), node('Conv', ['p', 'w'], 'y', { pads: [0, 1, 0, 0] })],
    });
    expect(conv.graph.nodes.at(-1)?.attributes).toMatchObject({ padding: [1, 1, 2, 1] });
    const max = read({
      ...padded,
      nodes: [node('Pad', ['x', 'pads', 'low'], 'p'), node('MaxPool', ['p'], 'y', { kernel_shape: [3, 2] })],
    });
    expect(max.graph.nodes.at(-1)).toMatchObject({ op: 'maxPool2d', attributes: { padding: [1, 0, 2, 1] } });
    const mean = read({
      ...padded,
      nodes: [node('Pad', ['x', 'pads'], 'p'), node('AveragePool', ['p'], 'y', { kernel_shape: [3, 2] })],
    });
    expect(mean.graph.nodes.at(-1)).toMatchObject({ op: 'avgPool2d', attributes: { countPadding: true } });
    // A window of padding alone is one of zeros, which no pool of core has.
    const narrow = [node('Pad', ['x', 'pads'], 'p'), node('AveragePool', ['p'], 'y', { kernel_shape: [2, 2] })];
    expect(read({ ...padded, nodes: narrow }).ops).toEqual(['pad', 'avgPool2d']);
    const ones = tensor([1, 5, 4, 3], new Array<number>(60).fill(1));
    expect(compute(mean, { x: ones })[0].slice(0, 3)).toEqual([4 / 6, 4 / 6, 2 / 6]);
  });

  it('means over a picture, Sum, and Sub of a constant', () => {
    const mean = (opset: number, keepdims: number) => {
      const attributes: Parameters<typeof node>[3] = opset < 18 ? { axes: [-1, 2], keepdims } : { keepdims };
      const inputs = opset < 18 ? ['x'] : ['x', 'axes'];
      const nodes = [node('ReduceMean', inputs, 'y', attributes)];
      return read({ inputs: picture, nodes, outputs: ['y'], constants: [wholes('axes', [2, 3])], opset }).ops;
    };
    expect([mean(13, 1), mean(18, 1), mean(18, 0)]).toEqual([
      ['globalAvgPool'],
      ['globalAvgPool'],
      ['globalAvgPool', 'flatten'],
    ]);
    const constants = [floats('c', [2], [3, 5])];
    const nodes = [
      node('Sub', ['x', 'c'], 'd'),
      node('Sum', ['x', 'd', 'c'], 'y'),
      node('Sum', ['y'], 'z'),
      node('Div', ['x', 'c'], 'q'),
    ];
    const model = read({ inputs: { x: ['n', 2] }, nodes, outputs: ['d', 'z', 'q'], constants });
    const [d, z, q] = compute(model, { x: tensor([1, 2], [1, 10]) });
    expect([d, z]).toEqual([
      [-2, 5],
      [2, 20],
    ]);
    expect(q[0]).toBeCloseTo(1 / 3, 7);
    expect(q[1]).toBeCloseTo(2, 6);
  });
});

describe('importOnnx of old and of newer operators', () => {
  it('broadcasts from the axis that operator sets before 7 name', () => {
    const constants = [floats('c', [4], [1, 2, 3, 4]), floats('d', [4, 3], [...wave(12).data])];
    const nodes = [
      node('Add', ['x', 'c'], 'y', { broadcast: 1, axis: 2 }),
      node('Mul', ['x', 'c'], 'z', { broadcast: 1, axis: -2 }),
      node('Sub', ['x', 'd'], 'last', { broadcast: 1 }),
    ];
    const model = read({ inputs: picture, nodes, outputs: ['y', 'z', 'last'], constants, opset: 6 });
    const x = wave(1, 5, 4, 3);
    const [y, z, last] = compute(model, { x });
    for (let index = 0; index < 60; index++) {
      const row = Math.floor(index / 3) % 4;
      expect(y[index]).toBeCloseTo(x.data[index] + row + 1, 12);
      expect(z[index]).toBeCloseTo(x.data[index] * (row + 1), 12);
      expect(last[index]).toBeCloseTo(x.data[index] - wave(12).data[index % 12], 6);
    }
    const both = [node('Add', ['x', 'x'], 'y', { broadcast: 1, axis: 0 })];
    expect(() => read({ inputs: picture, nodes: both, outputs: ['y'], opset: 6 })).toThrow(
      /axis 0 of an input of run time/,
    );
  });

  it('has HardSwish as its two factors', () => {
    const { ops, ...model } = read({ inputs: { x: ['n', 4] }, nodes: [node('HardSwish', ['x'], 'y')], outputs: ['y'] });
    expect(ops).toEqual(['hardSigmoid', 'mul']);
    const [y] = compute(model, { x: tensor([1, 4], [-4, -1, 1, 4]) });
    for (const [index, want] of [0, -1 / 3, 2 / 3, 4].entries()) expect(y[index]).toBeCloseTo(want, 12);
  });
});

describe('importOnnx computes itself', () => {
  it('the target of a Reshape from shapes, with the batch open', () => {
    const nodes = [
      node('Shape', ['x'], 'shape'),
      node('Gather', ['shape', 'zero'], 'batch'),
      node('Unsqueeze', ['batch', 'zeros'], 'row'),
      node('Slice', ['shape', 'ones', 'many'], 'sizes'),
      node('ReduceProd', ['sizes'], 'count', { keepdims: 1 }),
      node('Concat', ['row', 'count'], 'target', { axis: 0 }),
      node('Reshape', ['x', 'target'], 'y'),
    ];
    const constants = [wholes('zero', [0], []), wholes('zeros', [0]), wholes('ones', [1]), wholes('many', [2 ** 40])];
    const { ops, graph } = read({ inputs: picture, nodes, outputs: ['y'], constants });
    expect(ops).toEqual(['flatten']);
    expect(graph.nodes.at(-1)?.attributes).toEqual({ axis: 1 });
  });

  it('arithmetic of sizes and of weights', () => {
    const nodes = [
      node('Mul', ['a', 'b'], 'ab'),
      node('Div', ['ab', 'three'], 'third'),
      node('Sub', ['third', 'b'], 'left'),
      node('Add', ['left', 'b'], 'again'),
      node('ConstantOfShape', ['again'], 'filled', { value: { tensor: floats('', [1], [0.5]) } }),
      node('Transpose', ['w'], 'turned'),
      node('Mul', ['turned', 'filled'], 'half'),
      node('Gemm', ['x', 'half'], 'y', { transB: 1 }),
    ];
    const constants = [
      ...[wholes('a', [4]), wholes('b', [2]), wholes('three', [-3])],
      floats('w', [2, 2], [2, 4, 6, 8]),
    ];
    // 4 · 2 / −3 is −2, towards zero; −2 − 2 + 2 is −2: no shape.
    expect(() => read({ inputs: { x: ['n', 2] }, nodes, outputs: ['y'], constants })).toThrow(/\[-2\], want sizes/);
    const [three, ...others] = [wholes('three', [4]), ...constants.filter(({ name }) => name !== 'three')];
    const model = read({ inputs: { x: ['n', 2] }, nodes, outputs: ['y'], constants: [three, ...others] });
    expect([...model.weights.half.data]).toEqual([1, 3, 2, 4]);
    expect(compute(model, { x: tensor([1, 2], [1, 10]) })).toEqual([[31, 42]]);
  });

  it('nothing that depends on an open size as a number', () => {
    const nodes = [node('Shape', ['x'], 's'), node('ConstantOfShape', ['s'], 'c'), node('Add', ['x', 'c'], 'y')];
    expect(() => read({ inputs: picture, nodes, outputs: ['y'] })).toThrow(/the open size 'batch', want a number/);
    expect(read({ inputs: { x: [2, 3] }, nodes, outputs: ['y'] }).ops).toEqual(['add']);
  });
});

describe('importOnnx of shapes', () => {
  it('shuffles channels with an open batch; picture sizes that move to another axis have to be known', () => {
    const nodes = [
      node('Shape', ['x'], 'shape'),
      ...[0, 2, 3].flatMap((axis) => [
        node('Gather', ['shape', `at${axis}`], `size${axis}`),
        node('Unsqueeze', [`size${axis}`, 'first'], `row${axis}`),
      ]),
      node('Concat', ['row0', 'groups', 'row2', 'row3'], 'split', { axis: 0 }),
      node('Reshape', ['x', 'split'], 'five'),
      node('Transpose', ['five'], 'turned', { perm: [0, 2, 1, 3, 4] }),
      node('Concat', ['row0', 'all', 'row2', 'row3'], 'joined', { axis: 0 }),
      node('Reshape', ['turned', 'joined'], 'y'),
    ];
    const at = [0, 2, 3].map((axis) => wholes(`at${axis}`, [axis], []));
    const constants = [...at, wholes('first', [0]), wholes('groups', [2, 3]), wholes('all', [6])];
    const pictures = (height: number | string) => ({ x: ['batch', 6, height, 2] });
    const model = read({ inputs: pictures(1), nodes, outputs: ['y'], constants });
    expect(model.ops).toEqual(['reshape', 'transpose', 'reshape']);
    const [y] = compute(model, { x: tensor([1, 6, 1, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) });
    expect(y).toEqual([0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]);
    expect(read({ inputs: pictures('height'), nodes, outputs: ['y'], constants }).ops).toEqual(model.ops);
    const both = { x: ['batch', 6, 'height', 'width'] };
    expect(() => read({ inputs: both, nodes, outputs: ['y'], constants })).toThrow(/open size 'height', want a number/);
  });

  it('splits, drops and adds axes, and takes one place of an axis', () => {
    const nodes = [
      node('Split', ['x'], ['a', 'b'], { axis: 1 }),
      node('Split', ['x', 'parts'], ['', 'c'], { axis: -1 }),
      node('Gather', ['x', 'last'], 'row', { axis: 1 }),
      node('Unsqueeze', ['row', 'one'], 'd'),
      node('Squeeze', ['d', 'one'], 'e'),
      node('Unsqueeze', ['e', 'ends'], 'f'),
    ];
    const constants = [wholes('parts', [2, 1]), wholes('last', [-1], []), wholes('one', [1]), wholes('ends', [0, -1])];
    const outputs = ['a', 'b', 'c', 'd', 'e', 'f'];
    const model = read({ inputs: { x: ['n', 5, 3] }, nodes, outputs, constants });
    const x = Array.from({ length: 15 }, (_, i) => i);
    expect(compute(model, { x: tensor([1, 5, 3], x) })).toEqual([
      x.slice(0, 9),
      x.slice(9),
      [2, 5, 8, 11, 14],
      ...[
        [12, 13, 14],
        [12, 13, 14],
        [12, 13, 14],
      ],
    ]);
    const shapes = inferShapes(model.graph);
    expect(['d', 'e', 'f'].map((name) => shapes.get(name))).toEqual([
      ['n', 1, 3],
      ['n', 3],
      [1, 'n', 3, 1],
    ]);
    const wrong = [node('Split', ['x', 'parts'], ['a', 'b'], { axis: 1 })];
    expect(() => read({ inputs: { x: ['n', 2, 3] }, nodes: wrong, outputs: ['b'], constants })).toThrow(/b|end/);
  });
});

describe('importOnnx names', () => {
  it('values as the file does, where a name of a parameter is one of them, too', () => {
    const constants = [floats('fc.bias', [1], [7]), floats('w', [1, 1], [2])];
    const nodes = [
      node('Gemm', ['x', 'w', 'fc.bias'], 'fc'),
      node('Relu', ['fc'], 'fc.weight'),
      node('Add', ['fc.weight', 'w'], 'y'),
    ];
    const model = read({ inputs: { x: ['n', 1] }, nodes, outputs: ['y', 'fc.weight', 'fc'], constants });
    expect(model.graph.outputs).toEqual(['y', 'fc.weight', 'fc']);
    expect(Object.keys(model.weights)).toEqual(["fc'.weight", 'fc.bias', 'w']);
    expect(compute(model, { x: tensor([1, 1], [3]) })).toEqual([[15], [13], [13]]);
  });

  it('one parameter for a constant that several nodes read', () => {
    const constants = [floats('w', [2, 2], [1, 2, 3, 4])];
    const gemm = (x: string, y: string) => node('Gemm', [x, 'w'], y, { transB: 1 });
    const model = read({ inputs: { x: ['n', 2] }, nodes: [gemm('x', 'h'), gemm('h', 'y')], outputs: ['y'], constants });
    expect(Object.keys(model.weights)).toEqual(['w']);
    expect(compute(model, { x: tensor([1, 2], [1, 1]) })).toEqual([[17, 37]]);
  });

  it('outputs that are constants or inputs', () => {
    const constants = [floats('w', [2], [1, 2])];
    const nodes = [node('Identity', ['w'], 'same'), node('Relu', ['x'], 'r')];
    const model = read({ inputs: { x: ['n', 2] }, nodes, outputs: ['w', 'same', 'x', 'r'], constants });
    expect(model.graph.outputs).toEqual(['w', 'same', 'x', 'r']);
    const x = tensor([1, 2], [-3, 4]);
    expect(compute(model, { x })).toEqual([
      [1, 2],
      [1, 2],
      [-3, 4],
      [0, 4],
    ]);
  });
});

describe('importOnnx opens a batch of 1', () => {
  const one = { x: [1, 4, 2, 2] };
  const open = [{ about: 'batch', text: "the batch of 1 stands for any number, 'batch'" }];
  const flat = [node('Reshape', ['x', 'target'], 'y')];
  const constants = [wholes('target', [1, 16])];

  it('and says so, where the file has it in the target of a Reshape, too', () => {
    const model = read({ inputs: one, nodes: flat, outputs: ['y'], constants });
    expect(model.assumed).toEqual(open);
    expect(compute(model, { x: wave(3, 4, 2, 2) })[0].length).toBe(48);
    const kept = read({ inputs: one, nodes: flat, outputs: ['y'], constants }, { openBatch: false });
    expect([kept.assumed, kept.graph.nodes[0].attributes]).toEqual([[], { shape: [1, 4, 2, 2] }]);
  });

  it.each([
    ['a node works along it', [node('Concat', ['x', 'x'], 'y', { axis: 0 })]],
    ['a softmax goes over it', [node('Softmax', ['x'], 'y', { axis: 0 })]],
    ['it is joined with another axis', [node('Flatten', ['x'], 'y', { axis: 2 })]],
    ['it is joined with all', [node('Flatten', ['x'], 'y', { axis: 0 })]],
  ])('but not where %s', (_, nodes) => {
    const { graph, assumed } = read({ inputs: one, nodes, outputs: ['y'] });
    expect([assumed, graph.nodes[0].attributes]).toEqual([[], { shape: [1, 4, 2, 2] }]);
  });
});
