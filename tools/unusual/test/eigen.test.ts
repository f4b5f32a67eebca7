import { createRandom } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { eigenpairs } from '../src/eigen.js';
import { quantile, spread } from '../src/robust.js';

describe('eigenpairs', () => {
  it('are what a symmetric matrix stretches, the largest first, at right angles to each other', () => {
    const random = createRandom('eigen');
    const size = 7;
    const matrix = Array.from({ length: size }, () => new Float64Array(size));
    for (let i = 0; i < size; i++) {
      for (let j = i; j < size; j++) {
        matrix[i][j] = random.normal();
        matrix[j][i] = matrix[i][j];
      }
    }
    const pairs = eigenpairs(matrix.map((row) => row.slice()));
    for (const [index, { value, vector }] of pairs.entries()) {
      for (const [i, row] of matrix.entries()) expect(dot(row, vector)).toBeCloseTo(value * vector[i], 10);
      for (const [other, pair] of pairs.entries()) {
        expect(dot(vector, pair.vector)).toBeCloseTo(index === other ? 1 : 0, 10);
      }
    }
    expect(pairs.map(({ value }) => value)).toEqual(pairs.map(({ value }) => value).toSorted((a, b) => b - a));
  });
});

describe('robust numbers', () => {
  it('are not moved by one wild value', () => {
    const values = [3, 1, 2, 5, 4, 1e9];
    expect(quantile(values, 0.5)).toBe(4);
    expect(quantile(values, 0)).toBe(1);
    expect(spread([1, 2, 3, 4, 1e9])).toBeCloseTo(1.4826, 10);
  });
});

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index], 0);
}
