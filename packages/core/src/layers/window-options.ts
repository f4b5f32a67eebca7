import type { Padding, Pair, Rounding, Windowed } from '../ops/window.js';

/** One number for rows and columns, or [rows, columns]. */
export type PairLike = number | Pair;

/** One number for all sides, [rows, columns] for both sides of each, or [top, left, bottom, right]. In input pixels. */
export type PaddingLike = number | Pair | Padding;

/** Options that every layer with a sliding window takes. */
export interface WindowOptions {
  /** Window step in input pixels. 1 by default; pools step by their window. */
  readonly stride?: PairLike;
  /** 0 by default. */
  readonly padding?: PaddingLike;
  /** Distance of neighbouring window elements in input pixels. 1 by default. */
  readonly dilation?: PairLike;
}

/** Options of `maxPool2d` and `avgPool2d`. */
export interface PoolOptions extends WindowOptions {
  readonly window: PairLike;
  /** Whether a last, partial window counts. `'floor'` (it does not) by default. */
  readonly rounding?: Rounding;
}

export function toPair(pair: PairLike): Pair {
  return typeof pair === 'number' ? [pair, pair] : [pair[0], pair[1]];
}

function toPadding(padding: PaddingLike): Padding {
  if (typeof padding === 'number') return [padding, padding, padding, padding];
  const [top, left, bottom = top, right = left] = padding;
  return [top, left, bottom, right];
}

export function toWindowed({ stride = 1, padding = 0, dilation = 1 }: WindowOptions): Windowed {
  return { stride: toPair(stride), padding: toPadding(padding), dilation: toPair(dilation) };
}

export function toPool({ window, rounding = 'floor', ...options }: PoolOptions) {
  return { ...toWindowed({ stride: window, ...options }), window: toPair(window), rounding };
}
