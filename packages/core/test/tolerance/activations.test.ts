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

  it('leakyRelu', () => {
    const worst = [0.01, 0.3, 7, -2.1].map((alpha) => {
      const node = { name: 'y', op: 'leakyRelu', inputs: ['x'], attributes: { alpha } } as const;
      const data = numbers(10);
      const y = evaluate(node, [exactly({ shape: [data.length], data })]);
      expect(y.tolerance.filter((_, i) => data[i] >= 0).every((tolerance) => tolerance === 0)).toBe(true);
      const got = data.map((x) => (x >= 0 ? x : fround(alpha) * x));
      return expectAgreement(y, got, `alpha ${alpha}`);
    });
    expect(Math.max(...worst)).toBeGreaterThan(LEAST_SHARE);
  });

  it('leakyRelu beyond the numbers of float32, and below the normal ones', () => {
    const leak = (alpha: number, x: number) => {
      const node = { name: 'y', op: 'leakyRelu', inputs: ['x'], attributes: { alpha } } as const;
      return evaluate(node, [exactly({ shape: [1], data: Float32Array.of(x) })]);
    };
    expect(agree(leak(10, -3e38), Float32Array.of(Number.NEGATIVE_INFINITY)).failed).toBe(0);
    expect(agree(leak(10, Number.NEGATIVE_INFINITY), Float32Array.of(-3e38)).failed).toBe(1);
    // alpha is flushed to zero.
    expect(agree(leak(1e-40, -1e4), Float32Array.of(0)).failed).toBe(0);
    expect(agree(leak(1e-37, -1e4), Float32Array.of(0)).failed).toBe(1);
  });

  it('hardSigmoid', () => {
    const lines = [
      { alpha: 0.2, beta: 0.5 },
      { alpha: 1 / 6, beta: 0.5 },
      { alpha: -0.37, beta: 0.1 },
    ];
    const worst = lines.map((attributes) => {
      const node = { name: 'y', op: 'hardSigmoid', inputs: ['x'], attributes } as const;
      const data = numbers(6);
      const y = evaluate(node, [exactly({ shape: [data.length], data })]);
      const [alpha, beta] = [fround(attributes.alpha), fround(attributes.beta)];
      const cut = (t: number) => Math.max(0, Math.min(1, t));
      const separate = data.map((x) => cut(fround(fround(alpha * x) + beta)));
      const fused = data.map((x) => cut(fround(alpha * x + beta)));
      return Math.max(expectAgreement(y, separate, 'rounded twice'), expectAgreement(y, fused, 'rounded once'));
    });
    expect(Math.max(...worst)).toBeGreaterThan(LEAST_SHARE);
  });
});
