import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * y[n,c,0,0] = the largest of x[n,c,·,·]. NCHW.
 *
 * Exact. |max a − max b| ≤ max |a − b|, so the tolerance is the plane's largest.
 */
export const globalMaxPool: OpReference<'globalMaxPool'> = ([x], _, { shape }) => {
  const [batch, channels] = shape;
  const area = x.value.length / (batch * channels);
  const value = new Float64Array(batch * channels).fill(Number.NEGATIVE_INFINITY);
  const tolerance = new Float64Array(value.length);
  for (let i = 0; i < x.value.length; i++) {
    const plane = Math.floor(i / area);
    value[plane] = Math.max(value[plane], x.value[i]);
    tolerance[plane] = Math.max(tolerance[plane], x.tolerance[i]);
  }
  const y = { shape, value, tolerance };
  openUnspecified(y);
  return y;
};
