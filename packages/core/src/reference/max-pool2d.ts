import { axesOf } from '../ops/window.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';
import { elementsInside } from './window-reach.js';

/**
 * y = the largest x of the window; padding is minus infinity, so only real pixels count. NCHW.
 *
 * Exact. |max a − max b| ≤ max |a − b|, so the tolerance is the window's largest.
 */
export const maxPool2d: OpReference<'maxPool2d'> = ([x], { window, rounding, ...windowed }, { shape }) => {
  const [batch, channels, outHeight, outWidth] = shape;
  const [, , height, width] = x.shape;
  const { rows, columns } = axesOf(window, windowed, rounding);
  const value = new Float64Array(batch * channels * outHeight * outWidth);
  const tolerance = new Float64Array(value.length);
  let at = 0;
  for (let plane = 0; plane < batch * channels * height * width; plane += height * width) {
    for (let r = 0; r < outHeight; r++) {
      const [firstRow, endRow] = elementsInside(rows, height, r);
      for (let c = 0; c < outWidth; c++) {
        const [firstColumn, endColumn] = elementsInside(columns, width, c);
        let largest = Number.NEGATIVE_INFINITY;
        let error = 0;
        for (let u = firstRow; u < endRow; u++) {
          const row = plane + (r * rows.stride + u * rows.dilation - rows.before) * width;
          for (let v = firstColumn; v < endColumn; v++) {
            const pixel = row + c * columns.stride + v * columns.dilation - columns.before;
            largest = Math.max(largest, x.value[pixel]);
            error = Math.max(error, x.tolerance[pixel]);
          }
        }
        value[at] = largest;
        tolerance[at] = error;
        at++;
      }
    }
  }
  const y = { shape, value, tolerance };
  openUnspecified(y);
  return y;
};
