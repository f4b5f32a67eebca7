import { arithmeticOf } from './bounds.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/** The sum and the quotient: 1, and a GPU's quotient may be off by 2.5 ulp = 5u (WGSL, Floating Point Accuracy). */
const ROUNDINGS = 6;

/**
 * y = 1 / (1 + e^−x).
 *
 * Own tolerance: τ + u·y·(6 + (1 − y)·(6 + 4·|x|)). A GPU's e^−x may be off by (3 + 2|x|) ulp (WGSL, Floating Point
 * Accuracy: 2u for each), and a relative error of it moves y by 1 − y times as much, for dy/y = −(1 − y)·d(e^−x)/e^−x;
 * e^x / (1 + e^x) is bounded by the same. Where e^−x overflows, y = 1/∞ = 0 is right within τ, as is a y that is
 * flushed: with an e^−x that is off by as much as that, y is below 1.0001·2⁻¹²⁸ there. Where e^−x is flushed, 1 − y is.
 *
 * Inputs off by E: y never falls, so it is farthest from its value at x − E or x + E. The own part is taken at the
 * worst of what lies between: y at x + E, 1 − y at x − E, |x| + E.
 */
export const sigmoid: OpReference<'sigmoid'> = ([x], _, { bounds }) => {
  const { unitRoundoff, smallestNormal } = arithmeticOf(bounds);
  const value = x.value.map(logistic);
  const tolerance = x.tolerance.map((error, i) => {
    const [low, high] = [logistic(x.value[i] - error), logistic(x.value[i] + error)];
    // 1 − y without cancellation.
    const rest = logistic(error - x.value[i]);
    // At infinity nothing times infinity would be NaN.
    const ofPower = high > 0 && rest > 0 ? rest * (6 + 4 * (Math.abs(x.value[i]) + error)) : 0;
    const moved = Math.max(value[i] - low, high - value[i]);
    return smallestNormal + unitRoundoff * high * (ROUNDINGS + ofPower) + moved;
  });
  const y = { shape: x.shape, value, tolerance };
  openUnspecified(y);
  return y;
};

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
