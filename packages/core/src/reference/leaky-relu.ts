import { arithmeticOf } from './bounds.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * y = x where x ≥ 0, alpha·x below.
 *
 * Own tolerance, where x − E is below zero: 2u·|alpha|·(|x| + E) + (2 + |alpha|)·τ. alpha is rounded once, and so is
 * the product; x, alpha and the product may each be flushed, alpha at |x| of what it then loses. Above zero y is exact.
 *
 * Inputs off by E: y has one corner, at zero, so it is farthest from its value at x − E, x + E, or at zero between.
 */
export const leakyRelu: OpReference<'leakyRelu'> = ([x], { alpha }, { bounds }) => {
  const { unitRoundoff, smallestNormal, largest } = arithmeticOf(bounds);
  const leak = (number: number) => (number >= 0 ? number : alpha * number);
  const slope = Math.abs(alpha);
  const ofSlope = unitRoundoff * slope + (slope < smallestNormal ? slope : 0);
  const value = x.value.map(leak);
  const tolerance = x.tolerance.map((error, i) => {
    const at = x.value[i];
    const corners = error > Math.abs(at) ? [at - error, at + error, 0] : [at - error, at + error];
    const moved = error === 0 ? 0 : Math.max(...corners.map((corner) => Math.abs(leak(corner) - value[i])));
    const size = Math.abs(at) + error;
    const own = (unitRoundoff * slope + ofSlope) * size + (2 + slope) * smallestNormal;
    // Where the product may overflow, anything is right.
    if (at < error && Number.isFinite(at) && slope * size > (1 - 2 * unitRoundoff) * largest)
      return Number.POSITIVE_INFINITY;
    return moved + (at < error || at < 0 ? own : 0);
  });
  const y = { shape: x.shape, value, tolerance };
  openUnspecified(y);
  return y;
};
