import { LayerBuilder, type Shape, type Tensor, tensor } from '@strata/core';
import { interpret } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { importNode } from '../../src/onnx/reading/import-node.js';
import type { OnnxAttributes } from '../../src/onnx/reading/types.js';

/** What the imported node computes, in float64. */
function compute(op: string, x: Tensor, constants: readonly Tensor[], attributes: OnnxAttributes): number[] {
  const layers = new LayerBuilder();
  const input = layers.input('x', x.shape);
  const weights: Record<string, Tensor> = {};
  const inputs = ['x', ...constants.map((_, index) => `c${index}`)];
  const value = importNode({
    node: { name: 'n', op, opset: 19, attributes, inputs, output: 'y' },
    layers,
    valueAt: () => input,
    constantAt: (position) => constants[position - 1],
    bind(name, bound) {
      weights[name] = bound;
    },
  });
  return [...(interpret(layers.build([value]), weights, { x }).get('y')?.value ?? [])];
}

describe('Gemm', () => {
  // alpha · A · B + beta · C with A = [[1, 2], [3, 4]], B = [[1, 0, 2], [0, 1, 3]].
  const a = tensor([2, 2], [1, 2, 3, 4]);
  const product = [1, 2, 8, 3, 4, 18];

  it.each<{ shape: Shape; c: number[] }>([
    { shape: [], c: [10, 10, 10, 10, 10, 10] },
    { shape: [1], c: [10, 10, 10, 10, 10, 10] },
    { shape: [3], c: [10, 11, 12, 10, 11, 12] },
    { shape: [1, 3], c: [10, 11, 12, 10, 11, 12] },
    { shape: [2, 3], c: [10, 11, 12, 13, 14, 15] },
  ])('adds C of shape $shape', ({ shape, c }) => {
    const count = shape.reduce((total, size) => total * size, 1);
    const addend = tensor(
      shape,
      Array.from({ length: count }, (_, i) => 10 + i),
    );
    const attributes = { alpha: 0.5, beta: 2 };
    const want = product.map((value, i) => 0.5 * value + 2 * c[i]);
    expect(compute('Gemm', a, [tensor([2, 3], [1, 0, 2, 0, 1, 3]), addend], attributes)).toEqual(want);
    const turned = tensor([3, 2], [1, 0, 0, 1, 2, 3]);
    expect(compute('Gemm', a, [turned, addend], { ...attributes, transB: 1 })).toEqual(want);
  });
});

describe('auto_pad', () => {
  // Four pixels, a window of 2 that steps by 1: one pixel of padding, above or below.
  const x = tensor([1, 1, 4, 4], [...Array(16).keys()]);
  const pool = (auto_pad: string) => compute('MaxPool', x, [], { kernel_shape: [2, 2], auto_pad });

  it('SAME_UPPER pads behind, SAME_LOWER before', () => {
    expect(pool('SAME_UPPER')).toEqual([5, 6, 7, 7, 9, 10, 11, 11, 13, 14, 15, 15, 13, 14, 15, 15]);
    expect(pool('SAME_LOWER')).toEqual([...Array(16).keys()]);
  });

  it('VALID pads nothing', () => {
    expect(pool('VALID')).toEqual([5, 6, 7, 9, 10, 11, 13, 14, 15]);
  });
});

it('BatchNormalization takes scale, shift, mean and variance in this order', () => {
  const constants = [3, 5, 7, 4].map((value) => tensor([1], [value]));
  const [value] = compute('BatchNormalization', tensor([1, 1], [11]), constants, { epsilon: 0 });
  expect(value).toBe((3 * (11 - 7)) / 2 + 5);
});
