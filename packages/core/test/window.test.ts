import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWindows, spanOf, type WindowAxis } from '../src/ops/window.js';

const axis = fc.record({
  size: fc.integer({ min: 1, max: 40 }),
  window: fc.integer({ min: 1, max: 7 }),
  stride: fc.integer({ min: 1, max: 5 }),
  dilation: fc.integer({ min: 1, max: 4 }),
  before: fc.integer({ min: 0, max: 6 }),
  after: fc.integer({ min: 0, max: 6 }),
});

/** Counts by sliding: the definition, without the formula. */
function countBySliding({ size, before, after, stride, rounding, ...rest }: WindowAxis & { size: number }): number {
  const padded = size + before + after;
  const span = spanOf(rest);
  if (padded < span) return 0;
  const starts: number[] = [];
  for (let start = 0; start + span <= padded; start += stride) starts.push(start);
  if (rounding === 'floor') return starts.length;
  const reached = starts[starts.length - 1] + span;
  if (reached < padded) starts.push(starts.length * stride);
  return starts[starts.length - 1] >= size + before ? starts.length - 1 : starts.length;
}

describe('countWindows', () => {
  it('counts what sliding counts', () => {
    fc.assert(
      fc.property(axis, fc.constantFrom('floor', 'ceil'), (shape, rounding) => {
        expect(countWindows({ ...shape, rounding })).toBe(countBySliding({ ...shape, rounding }));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the sizes of the seed network', () => {
    const conv1 = { size: 224, window: 7, stride: 2, dilation: 1, before: 3, after: 3, rounding: 'floor' } as const;
    expect(countWindows(conv1)).toBe(112);
    expect(countWindows({ ...conv1, size: 112, window: 3, before: 1, after: 1 })).toBe(56);
  });

  it('drops a ceil window that would start in the trailing padding', () => {
    expect(countWindows({ size: 2, window: 3, stride: 3, dilation: 1, before: 1, after: 1, rounding: 'ceil' })).toBe(1);
  });
});
