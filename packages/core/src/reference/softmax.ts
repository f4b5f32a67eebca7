import { countElements, normaliseAxis } from '../tensor/shape.js';
import { type Arithmetic, arithmeticOf } from './bounds.js';
import { type Judged, openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * yᵢ = exp(−dᵢ) / Σⱼ exp(−dⱼ), dᵢ = max x − xᵢ, along `axis`.
 *
 * Own tolerance: τ + u·yᵢ·(n + 8 + 4·(dᵢ + Σⱼ yⱼdⱼ)). The sum of n positive terms, the quotient and the subtractions
 * cost n + 8; exp of a rounded d is off by u·d, and a GPU's exp by (3 + 2d) ulp (WGSL, Floating Point Accuracy: 2 ulp = 4u for each
 * unit of d), in the numerator at dᵢ and in the denominator at the mean of d weighted by y. The slack over a CPU's
 * exp, which is right to 1 ulp, is there for those GPUs: in 10⁵ elements in float32 the worst is 0.24 of the tolerance.
 *
 * Inputs off by at most E = max Eⱼ: numerator and denominator each change by a factor within e^±E, so ŷ lies within
 * y·e^±2E and |ŷ − y| ≤ y·(e^2E − 1); as both lie in [0, 1], by no more than 1. The own part is taken at the worst such
 * input: ŷ ≤ y·e^2E, d̂ ≤ d + 2E, and Σŷd̂ ≤ e^2E·Σy(d + 2E), but not above the largest d̂.
 */
export const softmax: OpReference<'softmax'> = ([x], { axis }, { shape, bounds }) => {
  const along = normaliseAxis(axis, shape.length, 'softmax');
  const length = shape[along];
  const inner = countElements(shape.slice(along + 1));
  const outer = countElements(shape.slice(0, along));
  const y: Judged = {
    shape,
    value: new Float64Array(x.value.length),
    tolerance: new Float64Array(x.value.length),
  };
  for (let block = 0; block < outer; block++) {
    for (let offset = 0; offset < inner; offset++) {
      const first = block * length * inner + offset;
      softmaxRow(x, y, { first, step: inner, length }, arithmeticOf(bounds));
    }
  }
  openUnspecified(y);
  return y;
};

/** Positions first, first + step, … of one row. */
interface Row {
  readonly first: number;
  readonly step: number;
  readonly length: number;
}

function softmaxRow(x: Judged, y: Judged, { first, step, length }: Row, { unitRoundoff, smallestNormal }: Arithmetic) {
  const end = first + length * step;
  let largest = Number.NEGATIVE_INFINITY;
  let error = 0;
  for (let i = first; i < end; i += step) {
    largest = Math.max(largest, x.value[i]);
    error = Math.max(error, x.tolerance[i]);
  }
  let sum = 0;
  for (let i = first; i < end; i += step) sum += Math.exp(x.value[i] - largest);
  let meanDistance = 0;
  let farthest = 0;
  for (let i = first; i < end; i += step) {
    const distance = largest - x.value[i];
    y.value[i] = Math.exp(-distance) / sum;
    // Zero probability times an infinite distance would be NaN.
    if (y.value[i] > 0) meanDistance += y.value[i] * distance;
    if (distance < Number.POSITIVE_INFINITY) farthest = Math.max(farthest, distance);
  }
  const worstMean = Math.min(Math.exp(2 * error) * (meanDistance + 2 * error), farthest + 2 * error);
  for (let i = first; i < end; i += step) {
    const distance = largest - x.value[i];
    const most = Math.min(1, Math.exp(2 * error - distance) / sum);
    const roundings = length + 8 + 4 * (distance + 2 * error + worstMean);
    const moved = Math.min(1, y.value[i] * Math.expm1(2 * error));
    y.tolerance[i] = smallestNormal + (most > 0 ? unitRoundoff * most * roundings : 0) + moved;
  }
}
