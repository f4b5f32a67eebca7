import { ShapeError } from '../errors.js';
import type { Dim, SymbolicShape } from '../tensor/shape.js';

/** [rows, columns]. */
export type Pair = readonly [rows: number, columns: number];

/** Pixels added around a picture. */
export type Padding = readonly [top: number, left: number, bottom: number, right: number];

/** How a number of windows that is not whole is rounded. */
export type Rounding = 'floor' | 'ceil';

/** A window sliding along one axis; all lengths in input pixels. */
export interface WindowAxis {
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly rounding: Rounding;
}

/** Attributes that every sliding-window op has. */
export interface Windowed {
  readonly stride: Pair;
  readonly padding: Padding;
  readonly dilation: Pair;
}

/** Input pixels from a window's first to its last element: (window − 1)·dilation + 1. */
export function spanOf({ window, dilation }: Pick<WindowAxis, 'window' | 'dilation'>): number {
  return (window - 1) * dilation + 1;
}

/**
 * How many windows fit: ⌊(size + before + after − span) / stride⌋ + 1, or with ⌈⌉, where a last window that would
 * start at or after size + before is dropped (PyTorch, ONNX). 0 or less when none fits.
 */
export function countWindows({ size, ...axis }: WindowAxis & { readonly size: number }): number {
  const room = size + axis.before + axis.after - spanOf(axis);
  if (room < 0) return 0;
  if (axis.rounding === 'floor') return Math.floor(room / axis.stride) + 1;
  const count = Math.ceil(room / axis.stride) + 1;
  return (count - 1) * axis.stride >= size + axis.before ? count - 1 : count;
}

/** The rows and the columns of a two-dimensional window. */
export function axesOf(
  window: Pair,
  { stride, padding, dilation }: Windowed,
  rounding: Rounding = 'floor',
): { rows: WindowAxis; columns: WindowAxis } {
  const [top, left, bottom, right] = padding;
  return {
    rows: { window: window[0], stride: stride[0], dilation: dilation[0], before: top, after: bottom, rounding },
    columns: { window: window[1], stride: stride[1], dilation: dilation[1], before: left, after: right, rounding },
  };
}

export interface WindowRequest extends Windowed {
  readonly where: string;
  readonly window: Pair;
  readonly rounding?: Rounding;
  /** Refuse a window that lies wholly in the padding: it has no maximum, and no average when padding does not count. */
  readonly needsPixel: boolean;
}

/** [rows, columns] of the output of a windowed op on [batch, channels, height, width]. `ShapeError` when no window fits. */
export function inferWindowed(
  [, , height, width]: SymbolicShape,
  { where, window, rounding = 'floor', needsPixel, ...windowed }: WindowRequest,
): [Dim, Dim] {
  const { rows, columns } = axesOf(window, windowed, rounding);
  return [
    inferAxis(height, rows, `${where}: rows`, needsPixel),
    inferAxis(width, columns, `${where}: columns`, needsPixel),
  ];
}

function inferAxis(size: Dim, axis: WindowAxis, where: string, needsPixel: boolean): Dim {
  if (typeof size === 'string') return nameWindows(size, axis);
  const count = countWindows({ size, ...axis });
  const padded = size + axis.before + axis.after;
  if (count < 1) {
    throw new ShapeError({
      where,
      got: `${size} pixels (${padded} with padding)`,
      want: `at least ${spanOf(axis)} for a window of ${axis.window} with dilation ${axis.dilation}`,
      hint: 'give a larger picture, or more padding',
    });
  }
  if (needsPixel) refuseEmptyWindows(size, count, axis, where);
  return count;
}

function refuseEmptyWindows(size: number, count: number, axis: WindowAxis, where: string): void {
  for (let index = 0; index < count; index++) {
    if (!reachesPixel(index * axis.stride - axis.before, size, axis)) {
      throw new ShapeError({
        where,
        got: `window ${index} of ${count} lies wholly in the padding`,
        want: 'at least one real pixel in every window',
        hint: 'use less padding',
      });
    }
  }
}

function reachesPixel(start: number, size: number, { window, dilation }: WindowAxis): boolean {
  const skipped = start < 0 ? Math.ceil(-start / dilation) : 0;
  return skipped < window && start + skipped * dilation < size;
}

/** The name of an output size whose input size is open; equal names mean equal sizes. */
function nameWindows(size: string, axis: WindowAxis): string {
  const room = axis.before + axis.after - spanOf(axis);
  if (axis.rounding === 'ceil' && axis.after + axis.stride > spanOf(axis)) {
    // A last window that starts at or after size + before is dropped, so the count hangs on the leading padding too.
    return `(ceil((${size}${signed(room)})/${axis.stride})+1 pad ${axis.before})`;
  }
  if (axis.stride === 1) return room === -1 ? size : `(${size}${signed(room + 1)})`;
  return `(${axis.rounding}((${size}${signed(room)})/${axis.stride})+1)`;
}

function signed(value: number): string {
  if (value === 0) return '';
  return value < 0 ? `−${-value}` : `+${value}`;
}
