import { UnsupportedError } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { chooseGrid, type Extent, type GridLimits } from '../src/kernels/grid.js';
import { extentOf } from '../src/kernels/shapes.js';

/** Sizes at which devices change their minds are too large for trials: millions of elements. */
const limits: GridLimits = { preferred: ['flat', 'image', 'cube'], x: 1e8, y: 1000, z: 100 };

function outputOf(extent: Extent, exactDivision = false, own: Partial<GridLimits> = {}): readonly number[] {
  return chooseGrid('y (relu)', extent, { ...limits, ...own }, exactDivision).output;
}

describe('the grid of threads', () => {
  it('takes the first that the device prefers', () => {
    const extent = { planes: 3, rows: 5, columns: 7 };
    expect(outputOf(extent)).toEqual([105]);
    expect(outputOf(extent, false, { preferred: ['image', 'flat'] })).toEqual([35, 3]);
    expect(outputOf(extent, false, { preferred: ['cube'] })).toEqual([7, 5, 3]);
  });

  it('divides up to 2²² in float32', () => {
    const area = 2 ** 11;
    expect(outputOf({ planes: 2 ** 11, rows: 1, columns: area })).toEqual([2 ** 22]);
    expect(outputOf({ planes: 2 ** 11, rows: 1, columns: area + 1 }, true)).toEqual([2 ** 11 * (area + 1)]);
    const preferred = ['flat', 'cube'] as const;
    expect(outputOf({ planes: 99, rows: 1, columns: 2 ** 16 }, false, { preferred })).toEqual([2 ** 16, 1, 99]);
    expect(outputOf({ planes: 1, rows: 2, columns: 2 ** 22 }, false, { preferred })).toEqual([2 ** 22, 2, 1]);
    const image = { preferred: ['image'], x: 1e8, y: 1e8 } as const;
    expect(outputOf({ planes: 2 ** 22, rows: 2, columns: 2 ** 21 }, false, image)).toEqual([2 ** 22, 2 ** 22]);
    for (const [planes, rows] of [
      [2 ** 22, 3],
      [2 ** 22 + 1, 2],
    ]) {
      expect(() => outputOf({ planes, rows, columns: 2 ** 21 }, false, image)).toThrow(UnsupportedError);
    }
  });

  it('meets the limits of each direction', () => {
    expect(outputOf({ planes: 10, rows: 10, columns: 10 }, true, { x: 1000 })).toEqual([1000]);
    expect(outputOf({ planes: 10, rows: 10, columns: 10 }, true, { x: 999 })).toEqual([100, 10]);
    expect(outputOf({ planes: 10, rows: 10, columns: 10 }, true, { x: 100, y: 10 })).toEqual([100, 10]);
    expect(outputOf({ planes: 10, rows: 10, columns: 10 }, true, { x: 99, y: 10, z: 10 })).toEqual([10, 10, 10]);
    const flatTooLong = { preferred: ['image', 'cube'], x: 100, y: 9, z: 10 } as const;
    expect(() => outputOf({ planes: 10, rows: 10, columns: 10 }, true, flatTooLong)).toThrow(UnsupportedError);
    expect(outputOf({ planes: 10, rows: 9, columns: 10 }, true, flatTooLong)).toEqual([10, 9, 10]);
    for (const tight of [{ x: 9 }, { y: 8 }, { z: 9 }]) {
      const own = { preferred: ['cube'], x: 10, y: 9, z: 10, ...tight } as const;
      expect(() => outputOf({ planes: 10, rows: 9, columns: 10 }, true, own)).toThrow(UnsupportedError);
    }
  });

  it('says what fits where nothing does', () => {
    expect(() => outputOf({ planes: 300, rows: 2000, columns: 70_000 })).toThrowErrorMatchingInlineSnapshot(
      `[UnsupportedError: y (relu): an output of 300 planes of 2000 × 70000, want at most 100000000, 1000 and 100 threads along x, y and z; run smaller batches or pictures]`,
    );
  });

  it('puts the last axes of an op on equal elements into rows of up to 2¹⁸', () => {
    expect(extentOf([2, 3, 5])).toEqual({ planes: 1, rows: 1, columns: 30 });
    expect(extentOf([2, 2 ** 17, 2])).toEqual({ planes: 2, rows: 1, columns: 2 ** 18 });
    expect(extentOf([2, 3, 2 ** 17, 2])).toEqual({ planes: 6, rows: 1, columns: 2 ** 18 });
    expect(extentOf([4, 2 ** 18 + 1])).toEqual({ planes: 4 * (2 ** 18 + 1), rows: 1, columns: 1 });
    expect(extentOf([])).toEqual({ planes: 1, rows: 1, columns: 1 });
  });
});
