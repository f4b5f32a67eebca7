import type { Tensor } from '@strata/core';
import type { Prediction } from './types.js';

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

/** The `top` most probable classes, the most probable first; the lower index first among equals. */
export function rank(probabilities: Float64Array, labels: readonly string[], top: number): Prediction[] {
  return [...probabilities]
    .map((probability, index) => ({ label: labels[index], index, probability }))
    .sort((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, top);
}
