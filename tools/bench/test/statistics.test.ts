import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleave } from '../src/interleave.js';
import { median, ratioOfMedians } from '../src/statistics.js';

describe('median', () => {
  it('has as many values below as above', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 1 }), (values) => {
        const middle = median(values);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});

describe('ratioOfMedians', () => {
  it('finds a known ratio, which lies within the interval', () => {
    const pairs = Array.from({ length: 200 }, (_, i) => ({ ours: 2 * (10 + (i % 7)), peer: 10 + (i % 7) }));
    const { ratio, low, high } = ratioOfMedians(pairs);
    expect(ratio).toBe(2);
    expect(low).toBeLessThanOrEqual(2);
    expect(high).toBeGreaterThanOrEqual(2);
    expect(high - low).toBeLessThan(0.5);
  });

  it('is the same for the same pairs', () => {
    const pairs = Array.from({ length: 50 }, (_, i) => ({ ours: 5 + Math.sin(i), peer: 5 + Math.cos(i) }));
    expect(ratioOfMedians(pairs)).toEqual(ratioOfMedians(pairs));
  });
});

describe('interleave', () => {
  it('runs both sides equally often and alternates which goes first', async () => {
    const order: string[] = [];
    const pairs = await interleave(
      async () => order.push('ours'),
      async () => order.push('peer'),
      { pairs: 3, warmUp: 1 },
    );
    expect(pairs).toHaveLength(3);
    expect(order).toEqual(['ours', 'peer', 'ours', 'peer', 'peer', 'ours', 'ours', 'peer']);
  });
});
