import { axesOf, type Padding, type Pair, type Rounding, type Windowed } from '@strata/core';
import { stridedSlice, type Tensor4D } from '@tensorflow/tfjs-core';
import { rank4 } from '../../ranked.js';
import { padPictures, reach } from './padding.js';

export interface Pool extends Windowed {
  readonly window: Pair;
  readonly rounding: Rounding;
}

/** Where the windows of a pool lie on pictures of one size. */
export interface PoolPlan {
  /** Output [rows, columns]. */
  readonly count: Pair;
  /**
   * Pixels around the picture that some window reaches. Ceil rounding's overhang is included, so floor rounding with
   * this padding gives the same windows: tfjs' own `'ceil'` packs rows wrongly on wasm.
   */
  readonly reached: Padding;
}

export function planPool([, height, width]: readonly number[], { window, rounding, ...windowed }: Pool): PoolPlan {
  const { rows, columns } = axesOf(window, windowed, rounding);
  const down = reach(height, rows);
  const across = reach(width, columns);
  return {
    count: [down.count, across.count],
    reached: [rows.before, columns.before, down.after, across.after],
  };
}

/** Whether the library's kernel does it: no element skipped, and more than one pixel (XNNPACK refuses a 1×1 window). */
export function hasKernel({ window: [rows, columns], dilation }: Pool): boolean {
  const dense = (dilation[0] === 1 || rows === 1) && (dilation[1] === 1 || columns === 1);
  return dense && rows * columns > 1;
}

/**
 * Combines the elements of every window, along the rows and then along the columns: a window of 60 × 80 takes 140 steps
 * so, not 4,800.
 */
export function combineWindows(
  x: Tensor4D,
  { window, stride, dilation }: Pool,
  { count, reached }: PoolPlan,
  fill: number,
  combine: (a: Tensor4D, b: Tensor4D) => Tensor4D,
): Tensor4D {
  const axis = (of: 0 | 1) => ({ window: window[of], stride: stride[of], dilation: dilation[of], count: count[of] });
  const down = combineAlong(padPictures(x, reached, fill), 1, axis(0), combine);
  return combineAlong(down, 2, axis(1), combine);
}

interface SlidingAxis {
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  readonly count: number;
}

/** The same along one axis of NHWC pictures: each element's pixels of all windows are one strided slice. */
function combineAlong(
  x: Tensor4D,
  along: 1 | 2,
  { window, stride, dilation, count }: SlidingAxis,
  combine: (a: Tensor4D, b: Tensor4D) => Tensor4D,
): Tensor4D {
  const onAxis = (value: number, others: readonly number[]) => others.map((other, i) => (i === along ? value : other));
  const elements = Array.from({ length: window }, (_, element) => {
    const start = element * dilation;
    const end = start + (count - 1) * stride + 1;
    return rank4(stridedSlice(x, onAxis(start, [0, 0, 0, 0]), onAxis(end, x.shape), onAxis(stride, [1, 1, 1, 1])));
  });
  return elements.reduce(combine);
}
