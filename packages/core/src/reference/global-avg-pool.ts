import { boundSum, passedOn, termRoundings } from './bounds.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * y[n,c,0,0] = mean of x[n,c,·,·]. NCHW.
 *
 * tolerance = (K+1)·τ + C·u·Σ(|x| + E)/K + ΣE/K, K = height·width: `boundSum` with weights 1/K; linear.
 */
export const globalAvgPool: OpReference<'globalAvgPool'> = ([x], _, { shape, bounds }) => {
  const [batch, channels] = shape;
  const [, , height, width] = x.shape;
  const area = height * width;
  const bound = boundSum(area, bounds, 'exact');
  const roundings = termRoundings(x, bound);
  const norm = passedOn(bounds);
  const value = new Float64Array(batch * channels);
  const tolerance = new Float64Array(batch * channels);
  for (let plane = 0; plane < batch * channels; plane++) {
    let sum = 0;
    let rounding = 0;
    let passed = 0;
    for (let pixel = plane * area; pixel < (plane + 1) * area; pixel++) {
      sum += x.value[pixel];
      rounding += roundings[pixel];
      passed += x.tolerance[pixel] ** norm;
    }
    value[plane] = sum / area;
    // A sum that overflows does so before the division, whatever the area.
    tolerance[plane] =
      rounding > bound.limit ? Number.POSITIVE_INFINITY : bound.floor + (rounding + passed ** (1 / norm)) / area;
  }
  const y = { shape, value, tolerance };
  openUnspecified(y);
  return y;
};
