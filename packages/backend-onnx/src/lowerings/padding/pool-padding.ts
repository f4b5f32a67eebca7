import { axesOf, type Padding, type Pair, type Rounding, spanOf, type WindowAxis, type Windowed } from '@strata/core';

export interface Pool extends Windowed {
  readonly window: Pair;
  readonly rounding: Rounding;
}

export const noPadding: Padding = [0, 0, 0, 0];

/**
 * The same pool's padding without what no window can reach. Where every window has a real pixel, none starts behind the
 * last one, so at most span − 1 pixels of padding after it are ever read.
 */
export function trimPadding(pool: Pool): Padding {
  const { rows, columns } = axesOf(pool.window, pool, pool.rounding);
  return [rows.before, columns.before, trimAfter(rows), trimAfter(columns)];
}

/** Whether ONNX Runtime's pools take this padding: each side must be less than the window, dilated or not. */
export function fitsPool([top, left, bottom, right]: Padding, [rows, columns]: Pair): boolean {
  return top < rows && left < columns && bottom < rows && right < columns;
}

/** The padding with which floor rounding gives the very windows of this pool, ceil rounding's overhang included. */
export function paddingForFloor(pool: Pool): Padding {
  const { rows, columns } = axesOf(pool.window, pool, pool.rounding);
  return [rows.before, columns.before, afterForFloor(rows), afterForFloor(columns)];
}

function trimAfter(axis: WindowAxis): number {
  return Math.min(axis.after, spanOf(axis) - 1);
}

/**
 * ⌈room / stride⌉ = ⌊(room + stride − 1) / stride⌋, but a last window that would start at size + before is dropped: the
 * one that starts before it ends by span − 1 behind the last pixel. With more declared padding than that, ceil rounding
 * drops a window that floor rounding keeps whenever it fits exactly.
 */
function afterForFloor(axis: WindowAxis): number {
  if (axis.rounding === 'floor') return axis.after;
  const span = spanOf(axis);
  return axis.after >= span ? axis.after - 1 : Math.min(axis.after + axis.stride - 1, span - 1);
}
