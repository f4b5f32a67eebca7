import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayerBuilder } from '../src/layers/index.js';
import type { Shape } from '../src/tensor/shape.js';
import { sameShape } from '../src/tensor/shape.js';
import { tensor } from '../src/tensor/tensor.js';
import { bindWeights } from '../src/weights/bind.js';

/** A graph with one parameter of that shape. */
function graphOf(shape: Shape) {
  const layers = new LayerBuilder();
  return layers.build([layers.add('y', layers.input('x', shape), layers.parameter('p', shape))]);
}

describe('bindWeights', () => {
  it('finds a value that is not finite wherever it stands, in odd and even counts', () => {
    const bad = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 33 }), fc.nat(), bad, (count, place, value) => {
        const data = Float32Array.from({ length: count }, (_, i) => (i % 3 === 0 ? 3.4e38 : -i));
        data[place % count] = value;
        expect(() => bindWeights(graphOf([count]), { p: tensor([count], data) })).toThrow(
          `p is ${value} at element ${place % count} (want finite values)`,
        );
      }),
    );
  });

  it('takes finite values of any count, the largest among them', () => {
    for (const count of [1, 2, 3, 16, 17]) {
      const weights = { p: tensor([count], new Float32Array(count).fill(-3.4e38)) };
      expect(bindWeights(graphOf([count]), weights)).toEqual(weights);
    }
  });

  it.each([
    { given: [3], want: [3, 1] },
    { given: [3, 1], want: [3] },
    { given: [], want: [1] },
    { given: [1], want: [] },
    { given: [2, 3], want: [3, 2] },
  ])('refuses $given for $want, of as many elements', ({ given, want }) => {
    const count = given.reduce((product, size) => product * size, 1);
    expect(sameShape(given, want)).toBe(false);
    expect(() => bindWeights(graphOf(want), { p: tensor(given, new Float32Array(count)) })).toThrow(
      `p is [${given}] (want [${want}])`,
    );
  });
});
