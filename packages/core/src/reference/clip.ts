import { entryError } from './bounds.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * y = min(max(x, min), max), the bounds taken as float32. Exact.
 *
 * Inputs off by E: y never falls, so it is farthest from its value at x − E or x + E; that is at most E, and nothing
 * where all of x ± E is cut off. A bound that is stored as half is off by its rounding, and y by no more than that.
 *
 * Where x is infinite and no bound is on its side, y is left open.
 */
export const clip: OpReference<'clip'> = ([x], { min, max }, { bounds }) => {
  const low = min === undefined ? Number.NEGATIVE_INFINITY : Math.fround(min);
  const high = max === undefined ? Number.POSITIVE_INFINITY : Math.fround(max);
  const cut = (number: number) => Math.min(Math.max(number, low), high);
  const stored = Math.max(...[min, max].map((bound) => (bound === undefined ? 0 : entryError(bound, bounds))));
  const value = x.value.map((number) => {
    const result = cut(number);
    return Number.isFinite(result) ? result : Number.NaN;
  });
  const tolerance = x.tolerance.map((error, i) => {
    const moved = Math.max(value[i] - cut(x.value[i] - error), cut(x.value[i] + error) - value[i]);
    return moved + stored;
  });
  const y = { shape: x.shape, value, tolerance };
  openUnspecified(y);
  return y;
};
