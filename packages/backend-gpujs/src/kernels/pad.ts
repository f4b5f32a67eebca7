import type { Padding } from '@strata/core';
import { at } from './source.js';
import type { PlanWriter, Value } from './types.js';

/** Size of the padded picture and where the picture lies in it, in pixels. */
export interface PadRequest {
  readonly before: { readonly top: number; readonly left: number };
  readonly height: number;
  readonly width: number;
}

/**
 * x [N,C,H,W] with zeros around it, or cut where `height` and `width` are smaller; x itself where nothing changes.
 * Done once for each picture, so that windows need no bounds checks.
 */
export function padWithZeros(where: string, x: Value, { before, height, width }: PadRequest, plan: PlanWriter): Value {
  const [batch, channels, rows, columns] = x.shape;
  const { top, left } = before;
  if (top === 0 && left === 0 && height === rows && width === columns) return x;
  return plan.call(`${where}: padding`, {
    shape: [batch, channels, height, width],
    extent: { planes: batch * channels, rows: height, columns: width },
    reads: { x },
    body: (names) => `
      let padded = 0.0;
      if (row >= ${top} && row < ${top + rows} && column >= ${left} && column < ${left + columns}) {
        padded = ${at(names.x, `plane * ${rows * columns} + (row - ${top}) * ${columns} + (column - ${left})`, 0)};
      }
      return padded;`,
  });
}

/** How much of the padded picture the windows reach: exactly what they read, whatever padding was declared. */
export function reachOf(
  windows: number,
  { window, stride, dilation }: { readonly window: number; readonly stride: number; readonly dilation: number },
): number {
  return (windows - 1) * stride + (window - 1) * dilation + 1;
}

export function startOf([top, left]: Padding): PadRequest['before'] {
  return { top, left };
}
