import type { WindowAxis } from '../ops/window.js';

/** A half-open range of indices. */
export type Range = readonly [first: number, end: number];

/** Window elements of output `output` that lie on real pixels: those with 0 ≤ output·stride + element·dilation − before < size. */
export function elementsInside({ window, stride, dilation, before }: WindowAxis, size: number, output: number): Range {
  const start = output * stride - before;
  const first = Math.max(0, Math.ceil(-start / dilation));
  return [first, Math.max(first, Math.min(window, Math.floor((size - 1 - start) / dilation) + 1))];
}

/** Window elements of output `output` on real pixels or declared padding: all but the overhang of ceil rounding. */
export function countDeclared({ window, stride, dilation, before, after }: WindowAxis, size: number, output: number) {
  const start = output * stride - before;
  return Math.min(window, Math.floor((size + after - 1 - start) / dilation) + 1);
}
