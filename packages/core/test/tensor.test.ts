import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countElements, normaliseAxis, productOf, stridesOf, sumOf, toConcrete } from '../src/tensor/shape.js';
import { asFloat32, checkTensor, type Tensor, tensor } from '../src/tensor/tensor.js';

describe('shapes', () => {
  it('have strides that reach every element once, in row-major order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), (shape) => {
        const strides = stridesOf(shape);
        let positions: number[][] = [[]];
        for (const size of shape)
          positions = positions.flatMap((p) => Array.from({ length: size }, (_, i) => [...p, i]));
        const offsets = positions.map((p) => p.reduce((sum, index, axis) => sum + index * strides[axis], 0));
        expect(offsets).toEqual([...Array(countElements(shape)).keys()]);
      }),
    );
  });

  it('have axes that count from either end', () => {
    expect([normaliseAxis(0, 3, 'x'), normaliseAxis(-1, 3, 'x'), normaliseAxis(-3, 3, 'x')]).toEqual([0, 2, 0]);
    for (const axis of [3, -4, 0.5, Number.NaN]) {
      expect(() => normaliseAxis(axis, 3, 'x')).toThrow(`x: axis ${axis}, want a whole number from -3 to 2`);
    }
  });

  it('name products and sums of open sizes so that a sum in a product is told from a product in a sum', () => {
    expect([productOf([]), productOf([2, 3]), productOf(['a']), productOf([2, 'a', 3, 'b'])]).toEqual([
      1,
      6,
      'a',
      '6·a·b',
    ]);
    expect([sumOf([2, 3]), sumOf(['a']), sumOf(['a', 2]), sumOf(['a', 'b', 1, 1])]).toEqual([
      5,
      'a',
      '(a+2)',
      '(a+b+2)',
    ]);
    expect(productOf(['a', sumOf(['b', 'c'])])).not.toBe(sumOf([productOf(['a', 'b']), 'c']));
    expect(() => toConcrete([1, 'height'], 'here')).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: here: shape [1,height] with open sizes, want every size to be a number; give the input shapes to inferShapes]`,
    );
  });
});

describe('tensor', () => {
  it('keeps a Float32Array and copies all else', () => {
    const data = Float32Array.of(1, 2);
    expect(tensor([2], data).data).toBe(data);
    expect(tensor([1, 2], [1, 2])).toEqual({ shape: [1, 2], dtype: 'float32', data });
    expect(asFloat32(tensor([2], data))).toBe(data);
    expect(asFloat32({ shape: [1], dtype: 'float64', data: Float64Array.of(0.1) })).toEqual(Float32Array.of(0.1));
  });

  it('is refused when shape, type and data disagree', () => {
    const check = (given: Tensor) => () => checkTensor(given, "input 'x'");
    const data = Float32Array.of(1, 2);
    expect(check({ shape: [3], dtype: 'float32', data })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: input 'x': 2 elements for shape [3], want 3]`,
    );
    expect(check({ shape: [-1, -2], dtype: 'float32', data })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: input 'x': shape -1,-2, want whole sizes of 0 or more]`,
    );
    expect(check({ shape: [0.5, 4], dtype: 'float32', data })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: input 'x': shape 0.5,4, want whole sizes of 0 or more]`,
    );
    expect(check({ shape: [2], dtype: 'float64', data })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: input 'x': dtype float64 over a Float32Array, want float32 over a Float32Array]`,
    );
    const fromJson: Tensor = JSON.parse('{"shape":[2],"dtype":"float32","data":[1,2]}');
    expect(check(fromJson)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: input 'x': dtype float32 over an Array, want float32 over a Float32Array]`,
    );
    const shapeless: Tensor = { ...fromJson, ...JSON.parse('{"shape":"2"}') };
    expect(check(shapeless)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: input 'x': shape 2, want whole sizes of 0 or more]`,
    );
  });
});
