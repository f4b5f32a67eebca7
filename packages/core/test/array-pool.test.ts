import { expect, it } from 'vitest';
import { ArrayPool } from '../src/backend/array-pool.js';

it('copies into an array that was given back, and into no other', () => {
  const pool = new ArrayPool();
  const first = pool.copy('x', Float32Array.of(1, 2));
  const second = pool.copy('x', Float32Array.of(3, 4));
  expect(second).not.toBe(first);
  expect([...first, ...second]).toEqual([1, 2, 3, 4]);
  pool.give('x', first);
  expect(pool.copy('y', Float32Array.of(5, 6))).not.toBe(first);
  expect(pool.copy('x', Float32Array.of(5, 6, 7))).toEqual(Float32Array.of(5, 6, 7));
  pool.give('x', first);
  expect(pool.copy('x', Float64Array.of(8, 9))).toBe(first);
  expect([...first]).toEqual([8, 9]);
  expect(pool.copy('x', Float32Array.of(0, 0))).not.toBe(first);
});
