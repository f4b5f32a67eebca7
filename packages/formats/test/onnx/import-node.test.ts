import { InputError, LayerBuilder, type Shape, type Tensor, tensor, type Value } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { importNode } from '../../src/onnx/reading/import-node.js';
import type { OnnxAttributes, OnnxNode } from '../../src/onnx/reading/types.js';

interface Given {
  readonly op: string;
  readonly attributes?: OnnxAttributes;
  readonly opset?: number;
  readonly shape?: Shape;
  readonly constants?: readonly Tensor[];
}

/** The layer that a node named `n` becomes, whose first input has that shape and whose others are constants. */
function importOne({ op, attributes = {}, opset = 19, shape = [2, 3, 5, 4], constants = [] }: Given) {
  const layers = new LayerBuilder();
  const x = layers.input('x', shape);
  const inputs = ['x', ...constants.map((_, index) => `constant${index}`)];
  const node: OnnxNode = { name: 'n', op, opset, attributes, inputs, output: 'y' };
  const weights: Record<string, Tensor> = {};
  const value: Value = importNode({
    node,
    layers,
    valueAt: () => x,
    constantAt: (position) => constants[position - 1],
    bind(name, bound) {
      weights[name] = bound;
    },
  });
  return { nodes: layers.build([value]).nodes, weights };
}

describe('importNode', () => {
  it.each<[string, Given, string]>([
    ['an operator', { op: 'Sin' }, 'n: Sin, want one of Add, AveragePool,'],
    [
      'a softmax over two axes',
      { op: 'Softmax', opset: 6, attributes: { axis: 2 } },
      'n: softmax of opset 6 over axes 2 to 3, want one axis',
    ],
    ['a transposed A', { op: 'Gemm', attributes: { transA: 1 } }, 'n: transA 1, want 0'],
    [
      'a window of three axes',
      { op: 'MaxPool', attributes: { kernel_shape: [2, 2, 2] } },
      'n: kernel_shape: 3 numbers, want 2',
    ],
    [
      'one number for two',
      { op: 'MaxPool', attributes: { kernel_shape: 2 } },
      'n: kernel_shape: number, want an array',
    ],
    ['a text for a number', { op: 'Flatten', attributes: { axis: 'last' } }, 'n: axis: string, want a number'],
    ['a number for a text', { op: 'MaxPool', attributes: { auto_pad: 1 } }, 'n: auto_pad: number, want a text'],
    [
      'SAME',
      { op: 'MaxPool', attributes: { auto_pad: 'SAME' } },
      'n: auto_pad SAME, want SAME_UPPER, SAME_LOWER or VALID',
    ],
    [
      'training',
      { op: 'Dropout', constants: [tensor([], [0.5]), tensor([], [1])] },
      'n: training_mode, want inference',
    ],
    ['a matrix of more axes', { op: 'MatMul', constants: [tensor([1, 1], [1])] }, 'n: x [2,3,5,4], want two axes'],
    [
      'a mean over other axes',
      { op: 'ReduceMean', attributes: { axes: [1, 2] } },
      'n: axes [1,2] of [2,3,5,4], want the two axes of a picture',
    ],
    ['another type', { op: 'Cast', attributes: { to: 10 } }, "n: elements of ONNX's type 10, want float32, 1"],
    ['a bound for each channel', { op: 'Clip', constants: [tensor([2], [0, 1])] }, 'n: min: [2], want one number'],
    [
      'an empty size',
      { op: 'Reshape', attributes: { allowzero: 1 }, constants: [tensor([2], [0, 3])] },
      'n: a size of 0 under allowzero, want sizes of at least 1',
    ],
    [
      'a slice backwards',
      { op: 'Slice', constants: [[-1], [-9], [2], [-1]].map((values) => tensor([1], values)) },
      'n: a step of -1 along axis 2, want at least 1; a step below 0 turns the axis round, which no layer does',
    ],
    [
      'starts without ends',
      { op: 'Slice', opset: 1, attributes: { starts: [0, 1], ends: [1] } },
      'n: 2, 1, 2, 2 starts, ends, axes and steps, want as many of each',
    ],
    ['a mirror', { op: 'Pad', opset: 2, attributes: { mode: 'reflect' } }, 'n: mode reflect, want constant'],
    [
      'a negative pad',
      { op: 'Pad', constants: [tensor([8], [0, 0, -1, 0, 0, 0, 0, 0])] },
      'n: a pad of -1, want at least 0; a negative pad cuts, as Slice does',
    ],
    [
      'pads of three axes',
      { op: 'Pad', constants: [tensor([6], [0, 0, 1, 0, 0, 0])] },
      'n: 6 pads, want 8: two an axis',
    ],
  ])('refuses %s', (_, given, message) => {
    expect(() => importOne(given)).toThrow(InputError);
    expect(() => importOne(given)).toThrow(message);
  });

  it('takes slices and pads of any version', () => {
    const layersOf = (given: Given) =>
      importOne(given).nodes.flatMap(({ op, name, attributes }) => (op === 'input' ? [] : [{ name, attributes }]));
    expect(
      layersOf({ op: 'Slice', opset: 1, attributes: { starts: [1, -2], ends: [3, 2 ** 62], axes: [1, -1] } }),
    ).toEqual([
      { name: 'y.axis1', attributes: { axis: 1, start: 1, end: 3, step: 1 } },
      { name: 'y', attributes: { axis: 3, start: -2, step: 1 } },
    ]);
    expect(layersOf({ op: 'Slice', constants: [tensor([1], [0]), tensor([1], [-1])] })).toEqual([
      { name: 'y', attributes: { axis: 0, start: 0, end: -1, step: 1 } },
    ]);
    const around = { before: [0, 0, 1, 2], after: [0, 0, 3, 4], value: 0.5 };
    const pads = [0, 0, 1, 2, 0, 0, 3, 4];
    expect(layersOf({ op: 'Pad', opset: 1, attributes: { paddings: pads, value: 0.5 } })).toEqual([
      { name: 'y', attributes: around },
    ]);
    expect(layersOf({ op: 'Pad', opset: 2, attributes: { pads } })).toEqual([
      { name: 'y', attributes: { ...around, value: 0 } },
    ]);
    expect(layersOf({ op: 'Pad', opset: 11, constants: [tensor([8], pads), tensor([], [0.5])] })).toEqual([
      { name: 'y', attributes: around },
    ]);
    const someAxes = [tensor([4], [2, 1, 4, 3]), tensor([], [0.5]), tensor([2], [-1, 2])];
    expect(layersOf({ op: 'Pad', constants: someAxes })).toEqual([{ name: 'y', attributes: around }]);
  });

  it('takes shapes of any version, and a transpose without a permutation', () => {
    const attributesOf = (given: Given) => importOne(given).nodes.at(-1)?.attributes;
    expect(attributesOf({ op: 'Reshape', opset: 1, attributes: { shape: [0, -1] } })).toEqual({ shape: [0, -1] });
    expect(attributesOf({ op: 'Reshape', constants: [tensor([2], [0, -1])] })).toEqual({ shape: [0, -1] });
    expect(attributesOf({ op: 'Transpose' })).toEqual({ permutation: [3, 2, 1, 0] });
    expect(attributesOf({ op: 'Transpose', attributes: { perm: [0, 2, 3, 1] } })).toEqual({
      permutation: [0, 2, 3, 1],
    });
  });

  it('takes the axes before opset 13, the ratio before opset 12 and an absent bias as ONNX says', () => {
    const attributesOf = (given: Given) => importOne(given).nodes.at(-1)?.attributes;
    expect(attributesOf({ op: 'Softmax', opset: 11, shape: [2, 3] })).toEqual({ axis: 1 });
    expect(attributesOf({ op: 'Softmax', shape: [2, 3, 4] })).toEqual({ axis: 2 });
    expect(attributesOf({ op: 'Dropout', opset: 7, attributes: { ratio: 0.25 } })).toEqual({ rate: 0.25 });
    expect(attributesOf({ op: 'Dropout', constants: [tensor([], [0.125])] })).toEqual({ rate: 0.125 });
    expect(attributesOf({ op: 'Softmax', opset: 11, shape: [2, 3, 1, 1] })).toEqual({ axis: 1 });
    expect(attributesOf({ op: 'Softmax', opset: 11, shape: [1, 2, 3], attributes: { axis: -1 } })).toEqual({ axis: 2 });
    const { nodes, weights } = importOne({ op: 'Gemm', shape: [2, 3], constants: [tensor([3, 1], [1, 2, 3])] });
    expect(nodes.map(({ name }) => name)).toEqual(['x', 'y.weight', 'y']);
    expect(weights).toEqual({ 'y.weight': tensor([1, 3], [1, 2, 3]) });
  });

  it('takes the bounds of a Clip from attributes before opset 11, then from inputs, an infinite one as none', () => {
    const clip = (given: Omit<Given, 'op'>) => importOne({ op: 'Clip', ...given }).nodes.at(-1)?.attributes;
    const [zero, six, infinite] = [0, 6, Number.POSITIVE_INFINITY].map((bound) => tensor([], [bound]));
    expect(clip({ opset: 6, attributes: { min: 0, max: 6 } })).toStrictEqual({ min: 0, max: 6 });
    expect(clip({ opset: 10, attributes: { max: 6 } })).toStrictEqual({ max: 6 });
    expect(clip({ opset: 11, constants: [zero, six] })).toStrictEqual({ min: 0, max: 6 });
    expect(clip({ constants: [zero, infinite] })).toStrictEqual({ min: 0 });
    expect(clip({ constants: [tensor([1], [-2])] })).toStrictEqual({ min: -2 });
    expect(clip({})).toStrictEqual({});
    expect(() => clip({ constants: [infinite] })).toThrow('min Infinity, want a finite float32');
  });

  it('takes the slopes and lines that ONNX has by default', () => {
    const attributesOf = (op: string) => importOne({ op, opset: 6 }).nodes.at(-1)?.attributes;
    expect(attributesOf('LeakyRelu')).toEqual({ alpha: 0.01 });
    expect(attributesOf('HardSigmoid')).toEqual({ alpha: 0.2, beta: 0.5 });
  });
});
