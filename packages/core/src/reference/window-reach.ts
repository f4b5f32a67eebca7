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

/** Outputs, of `count`, whose window element `element` lies on a real pixel. */
export function outputsInside(
  { stride, dilation, before }: WindowAxis,
  size: number,
  count: number,
  element: number,
): Range {
  const offset = element * dilation - before;
  const first = Math.max(0, Math.ceil(-offset / stride));
  return [first, Math.max(first, Math.min(count, Math.floor((size - 1 - offset) / stride) + 1))];
}
