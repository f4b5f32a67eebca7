import { describe, expect, it } from 'vitest';
import { agree, exactly } from '../../src/reference/index.js';
import { evaluate, expectAgreement, LEAST_SHARE } from '../reference-support/judge.js';
import { createRandom } from '../reference-support/random.js';

const { fround } = Math;

/** Numbers around zero of that spread. */
function numbers(spread: number, seed = 1): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: 20_000 }, () => spread * (2 * random() - 1));
}

describe('a right float32 activation is within the tolerance', () => {
  it('sigmoid', () => {
    const node = { name: 'y', op: 'sigmoid', inputs: ['x'], attributes: {} } as const;
    const worst = [1, 10, 100].map((spread) => {
      const data = numbers(spread);
      const y = evaluate(node, [exactly({ shape: [data.length], data })]);
      const power = (x: number) => fround(Math.exp(x));
      const written = data.map((x) => 1 / fround(1 + power(-x)));
      const other = data.map((x) => power(x) / fround(1 + power(x)));
      const near = data.map((x, i) => (x < 20 ? other[i] : written[i]));
      return Math.max(expectAgreement(y, written, `1/(1+e^-x) of ${spread}`), expectAgreement(y, near, 'e^x/(1+e^x)'));
    });
    expect(Math.max(...worst)).toBeGreaterThan(LEAST_SHARE);
  });

  it('sigmoid with the exponential that WGSL allows', () => {
    const node = { name: 'y', op: 'sigmoid', inputs: ['x'], attributes: {} } as const;
    const data = numbers(85);
    const y = evaluate(node, [exactly({ shape: [data.length], data })]);
    for (const sign of [-1, 1]) {
      const got = data.map((x) => {
        // Half an ulp of each is the rounding that follows.
        const power = Math.exp(-x) * (1 + sign * 2 ** -23 * (2.5 + 2 * Math.abs(x)));
        return (1 - sign * 2 * 2 ** -23) / fround(1 + fround(power));
      });
      expect(expectAgreement(y, got, `off to ${sign}`)).toBeGreaterThan(0.8);
    }
  });

  it('but not a sigmoid by tanh, nor one that ends at −18', () => {
    const node = { name: 'y', op: 'sigmoid', inputs: ['x'], attributes: {} } as const;
    const x = exactly({ shape: [3], data: Float32Array.of(-10, -17.5, -23.5) });
    const y = evaluate(node, [x]);
    const byTangent = Float32Array.from(x.value, (value) => fround(0.5 + fround(0.5 * fround(Math.tanh(value / 2)))));
    expect(agree(y, byTangent).failed).toBe(3);
    expect(agree(y, Float32Array.of(y.value[0], 0, 0)).failed).toBe(2);
  });
});
