import { adaptiveWindows } from '../ops/adaptive-avg-pool2d.js';
import { boundSum, passedOn, termRoundings } from './bounds.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * y[n,k,i,j] = mean of x over rows ⌊i·H/h⌋ to before ⌈(i+1)·H/h⌉ and columns likewise. NCHW.
 *
 * tolerance = (K+1)·τ + C·u·Σ(|x| + E)/count + ΣE/count, K = pixels of the largest window: `boundSum` with weights
 * 1/count; linear. It holds for means of rows' means, too: rows + columns roundings are no more than K + 1, and one
 * more scales; each of the row's means may be flushed, which the mean of them passes on once.
 */
export const adaptiveAvgPool2d: OpReference<'adaptiveAvgPool2d'> = ([x], { size }, { shape, bounds }) => {
  const [batch, channels] = shape;
  const [, , height, width] = x.shape;
  const [down, across] = [adaptiveWindows(height, size[0]), adaptiveWindows(width, size[1])];
  const longest = (windows: typeof down) => windows.reduce((most, [start, end]) => Math.max(most, end - start), 0);
  const bound = boundSum(longest(down) * longest(across), bounds, 'exact');
  const roundings = termRoundings(x, bound);
  const norm = passedOn(bounds);
  const value = new Float64Array(batch * channels * size[0] * size[1]);
  const tolerance = new Float64Array(value.length);
  let at = 0;
  for (let plane = 0; plane < batch * channels * height * width; plane += height * width) {
    for (const [firstRow, endRow] of down) {
      for (const [firstColumn, endColumn] of across) {
        let sum = 0;
        let rounding = 0;
        let passed = 0;
        for (let row = firstRow; row < endRow; row++) {
          for (let pixel = plane + row * width + firstColumn; pixel < plane + row * width + endColumn; pixel++) {
            sum += x.value[pixel];
            rounding += roundings[pixel];
            passed += x.tolerance[pixel] ** norm;
          }
        }
        const count = (endRow - firstRow) * (endColumn - firstColumn);
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
