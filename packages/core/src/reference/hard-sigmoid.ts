import { arithmeticOf } from './bounds.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * y = max(0, min(1, t)), t = alpha·x + beta.
 *
 * t is off by at most T = 3u·(|alpha|·(|x| + E) + |beta|) + (3 + |alpha|)·τ + |alpha|·E: alpha and beta are rounded
 * once, the product and the sum once each; x, product, sum and beta may be flushed, and alpha, at |x| + E of what it
 * then loses. y never falls as t rises, so its tolerance is how far it gets within t ± T: nothing where all of that is
 * cut off. An infinite t is cut off, whatever it is off by.
 */
export const hardSigmoid: OpReference<'hardSigmoid'> = ([x], { alpha, beta }, { bounds }) => {
  const { unitRoundoff, smallestNormal } = arithmeticOf(bounds);
  const cut = (t: number) => Math.max(0, Math.min(1, t));
  const slope = Math.abs(alpha);
  const lost = slope < smallestNormal ? slope : 0;
  const value = new Float64Array(x.value.length);
  const tolerance = new Float64Array(x.value.length);
  for (let i = 0; i < value.length; i++) {
    const t = alpha * x.value[i] + beta;
    const error = x.tolerance[i];
    const size = Math.abs(x.value[i]) + error;
    const rounded = 3 * unitRoundoff * (slope * size + Math.abs(beta)) + (3 + slope) * smallestNormal + lost * size;
    const off = Number.isFinite(x.value[i]) ? rounded + slope * error : 0;
    value[i] = cut(t);
    tolerance[i] = Math.max(value[i] - cut(t - off), cut(t + off) - value[i]);
  }
  const y = { shape: x.shape, value, tolerance };
  openUnspecified(y);
  return y;
};
