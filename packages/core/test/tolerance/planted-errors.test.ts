import { describe, expect, it } from 'vitest';
import { agree } from '../../src/reference/index.js';
import { lrnInFloat32, orders, shorten, sumInFloat32 } from '../reference-support/float32.js';
import { block, direct, evaluate, expectAgreement, linearCase } from '../reference-support/judge.js';
import { createRandom, unstructuredFills } from '../reference-support/random.js';

const { fround } = Math;

describe('a planted error', () => {
  it('is caught: operands cut to 11 bits, in a probe of few terms and in long sums', () => {
    // Longer sums hide it: their roundings are as large. Hence the probe of few terms.
    for (const terms of [1, 3, 64]) {
      for (let seed = 0; seed < 20; seed++) {
        const random = createRandom(seed);
        const { judged, sums } = linearCase(terms, () => fround(1 + random()), direct);
        const cut = { ...sums, terms: sums.terms.map((sum) => sum.map(([w, x]) => [shorten(w), shorten(x)] as const)) };
        const got = sumInFloat32(cut, orders.pairwise, random);
        expect(agree(judged, got).worst, `K = ${terms + 1}, seed ${seed}`).toBeGreaterThan(1);
      }
    }
  });

  it('is no error where tf32 or half was asked for', () => {
    for (const profile of ['tf32', 'half'] as const) {
      for (const terms of [1, 3, 64, 1024]) {
        const random = createRandom(terms);
        const { judged, sums } = linearCase(terms, unstructuredFills.zeroMean(random), { ...direct, profile });
        const cut = { ...sums, terms: sums.terms.map((sum) => sum.map(([w, x]) => [shorten(w), shorten(x)] as const)) };
        expectAgreement(judged, sumInFloat32(cut, orders.serial, random), `${profile} K = ${terms + 1}`);
      }
    }
  });

  it('is caught: one weight of 4,800 left out', () => {
    const random = createRandom(1);
    const { judged, sums } = linearCase(4800, unstructuredFills.zeroMean(random), direct);
    const short = { ...sums, terms: sums.terms.map((sum) => sum.slice(0, -1)) };
    expect(agree(judged, sumInFloat32(short, orders.pairwise, random)).failed).toBe(2);
  });

  it('is caught: an even LRN window with its longer half before, alpha not divided by the size', () => {
    const random = createRandom(2);
    const attributes = { size: 4, alpha: 0.1, beta: 0.75, k: 1 };
    const x = block([1, 7, 1, 1], unstructuredFills.zeroMean(random));
    const y = evaluate({ name: 'y', op: 'lrn', inputs: ['x'], attributes }, [x]);
    const mirrored = lrnInFloat32([...x.value].reverse(), attributes).reverse();
    expect(agree(y, mirrored).failed).toBeGreaterThan(4);
    expect(agree(y, lrnInFloat32([...x.value], { ...attributes, alpha: 0.4 })).failed).toBe(7);
  });
});
