import { axesOf } from '../ops/window.js';
import { boundSum, passedOn, termRoundings } from './bounds.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';
import { countDeclared, elementsInside } from './window-reach.js';

/**
 * y = Σ window of x / count. NCHW. `count` is the window's real pixels, with `countPadding` also its declared padding,
 * never the overhang of ceil rounding.
 *
 * tolerance = (K+1)·τ + C·u·Σ(|x| + E)/count + ΣE/count, K = window rows·columns: `boundSum` with weights 1/count;
 * linear.
 */
export const avgPool2d: OpReference<'avgPool2d'> = ([x], attributes, { shape, bounds }) => {
  const { window, rounding, countPadding, ...windowed } = attributes;
  const [batch, channels, outHeight, outWidth] = shape;
  const [, , height, width] = x.shape;
  const { rows, columns } = axesOf(window, windowed, rounding);
  const bound = boundSum(window[0] * window[1], bounds, 'exact');
  const roundings = termRoundings(x, bound);
  const norm = passedOn(bounds);
  const value = new Float64Array(batch * channels * outHeight * outWidth);
  const tolerance = new Float64Array(value.length);
  let at = 0;
  for (let plane = 0; plane < batch * channels * height * width; plane += height * width) {
    for (let r = 0; r < outHeight; r++) {
      const [firstRow, endRow] = elementsInside(rows, height, r);
      for (let c = 0; c < outWidth; c++) {
        const [firstColumn, endColumn] = elementsInside(columns, width, c);
        let sum = 0;
        let rounding = 0;
        let passed = 0;
        for (let u = firstRow; u < endRow; u++) {
          const row = plane + (r * rows.stride + u * rows.dilation - rows.before) * width;
          for (let v = firstColumn; v < endColumn; v++) {
            const pixel = row + c * columns.stride + v * columns.dilation - columns.before;
            sum += x.value[pixel];
            rounding += roundings[pixel];
            passed += x.tolerance[pixel] ** norm;
          }
        }
        const count = countPadding
          ? countDeclared(rows, height, r) * countDeclared(columns, width, c)
          : (endRow - firstRow) * (endColumn - firstColumn);
        value[at] = sum / count;
        // A sum that overflows does so before the division, whatever the count.
        tolerance[at] =
          rounding > bound.limit ? Number.POSITIVE_INFINITY : bound.floor + (rounding + passed ** (1 / norm)) / count;
        at++;
      }
    }
  }
  const y = { shape, value, tolerance };
  openUnspecified(y);
  return y;
};
