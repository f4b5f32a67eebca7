import { describe, expect, it } from 'vitest';
import { agree, compareOutputs, exactly, formatDisagreement, type Judged } from '../src/reference/index.js';
import { tensor } from '../src/tensor/tensor.js';

const judged = (value: readonly number[], tolerance: readonly number[]): Judged => ({
  shape: [value.length],
  value: Float64Array.from(value),
  tolerance: Float64Array.from(tolerance),
});
const one = (want: number, tolerance: number, got: number) => agree(judged([want], [tolerance]), Float32Array.of(got));

describe('agree', () => {
  it.each([
    ['within the tolerance', 1, 0.5, 1.5, 1],
    ['beyond it', 1, 0.5, 1.75, 1.5],
    ['exact where nothing is allowed', 3, 0, 3, 0],
    ['off where nothing is allowed', 3, 0, 3.5, Number.POSITIVE_INFINITY],
    ['zeros of either sign', -0, 0, 0, 0],
    ['NaN for a number', 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY],
    ['NaN for a number, at any finite tolerance', 1, 1e30, Number.NaN, Number.POSITIVE_INFINITY],
    ['a number for a NaN that must be there', Number.NaN, 0, 1, Number.POSITIVE_INFINITY],
    ['NaN for NaN', Number.NaN, 0, Number.NaN, 0],
    ['anything where NaN is open', Number.NaN, Number.POSITIVE_INFINITY, 7, 0],
    ['the infinity wanted', Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0],
    ['the other infinity', Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    [
      'a number for infinity, whatever the tolerance',
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      1,
      Number.POSITIVE_INFINITY,
    ],
    ['infinity for a number', 1, 0.5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ['infinity for what float32 cannot hold', 1e39, 1e30, Number.POSITIVE_INFINITY, 0],
    ['minus infinity for it', 1e39, 1e30, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ['zero for the smallest normal number', 2 ** -126, 0, 0, 2 ** -126 / (2 ** -126 - 2 ** -149)],
  ])('judges %s', (_, want, tolerance, got, fraction) => {
    const { worst, failed } = one(want, tolerance, got);
    expect(worst).toBe(fraction);
    expect(failed).toBe(fraction > 1 ? 1 : 0);
  });

  it('accepts zero for a subnormal number, but not another subnormal', () => {
    expect(one(1e-39, 0, 0).failed).toBe(0);
    expect(one(2 ** -130, 0, 2 ** -131).failed).toBe(1);
  });

  it('lists the five worst elements with their positions', () => {
    const want = { shape: [2, 4], value: new Float64Array(8), tolerance: new Float64Array(8).fill(1) };
    const result = agree(want, Float32Array.of(1, 0, 3, 0.5, 7, 2, 0.25, 5));
    expect(result).toMatchObject({ checked: 8, failed: 4, worst: 7 });
    expect(result.worstElements.map(({ position, fraction }) => [...position, fraction])).toEqual([
      [1, 0, 7],
      [1, 3, 5],
      [0, 2, 3],
      [1, 1, 2],
      [0, 0, 1],
    ]);
  });

  it('refuses another number of elements', () => {
    expect(() => agree(judged([1, 2], [0, 0]), Float32Array.of(1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: agree: 1 elements, want 2 for [2]]`,
    );
  });
});

describe('compareOutputs', () => {
  const want = new Map([['pool1', exactly(tensor([1, 2], [3, 4]))]]);

  it('compares by name', () => {
    expect(compareOutputs(want, { pool1: tensor([1, 2], [3, 5]) }).get('pool1')?.failed).toBe(1);
  });

  it('names what is missing or misshapen', () => {
    expect(() => compareOutputs(want, { pool2: tensor([1, 2], [3, 4]) })).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: output 'pool1': pool2, want pool1]`,
    );
    expect(() => compareOutputs(want, { pool1: tensor([2, 1], [3, 4]) })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: output 'pool1': [2,1], want [1,2]]`,
    );
  });
});

describe('formatDisagreement', () => {
  it('prints position, got, want and tolerance of the worst', () => {
    const result = agree(judged([1, 2, 3], [0.5, 0.25, 0]), Float32Array.of(1.25, 4, 3));
    expect(formatDisagreement(result, 'onnx/wasm: pool1')).toMatchInlineSnapshot(`
      "onnx/wasm: pool1: 1 of 3 elements disagree, the worst at 8 times its tolerance
        [1] got 4, want 2, off by 2, tolerance 0.25 (8×)
        [0] got 1.25, want 1, off by 0.25, tolerance 0.5 (0.5×)"
    `);
    expect(formatDisagreement(agree(judged([1], [0.5]), Float32Array.of(1.25)))).toMatchInlineSnapshot(`
      "result: all 1 elements agree, the worst at 0.5 of its tolerance
        [0] got 1.25, want 1, off by 0.25, tolerance 0.5 (0.5×)"
    `);
  });
});
