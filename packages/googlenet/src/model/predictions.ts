import type { Tensor } from '@strata/core';
import type { Verdict } from '../unusual/index.js';
import type { Predictions } from './types.js';

/** exp(xᵢ − max x) / Σⱼ exp(xⱼ − max x), in float64. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(logits);
  const largest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const powers = values.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The rows of [batch, classes] as probabilities; `normalised` when they are already. */
export function probabilitiesOf({ shape: [batch, classes], data }: Tensor, normalised: boolean): Float64Array[] {
  return Array.from({ length: batch }, (_, row) => {
    const values = Float64Array.from(data.subarray(row * classes, (row + 1) * classes));
    return normalised ? values : softmax(values);
  });
}

/** The mean of each `crops` neighbours. */
export function meanOfCrops(rows: readonly Float64Array[], crops: number): Float64Array[] {
  return Array.from({ length: rows.length / crops }, (_, picture) => {
    const own = rows.slice(picture * crops, (picture + 1) * crops);
    return own[0].map((_, index) => own.reduce((sum, row) => sum + row[index], 0) / crops);
  });
}

/** The `top` most probable classes, the most probable first; the lower index first among equals. At least one of each. */
export function rank(
  probabilities: Float64Array,
  labels: readonly string[],
  top: number,
  { unusual, unusualScore }: Verdict,
): Predictions {
  const [best, ...rest] = [...probabilities]
    .map((probability, index) => ({ label: labels[index], index, probability, unusual, unusualScore }))
    .sort((a, b) => b.probability - a.probability || a.index - b.index);
  return [best, ...rest.slice(0, top - 1)];
}
