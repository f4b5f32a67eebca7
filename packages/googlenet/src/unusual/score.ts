import { asFloat32, type Tensor, type Weights } from '@strata/core';
import type { UnusualStatistics } from './statistics.js';

/** What is said of a picture; null where it is not known. */
export interface Verdict {
  /** Whether the picture is unlike those that the weights were trained on: the score is above 0.5. */
  readonly unusual: boolean | null;
  /** From 0, much like them, to 1. */
  readonly unusualScore: number | null;
}

export const notKnown: Verdict = { unusual: null, unusualScore: null };

/**
 * Free energy of the last layer on squeezed features: −log Σ exp(W · log1p(x) + b). `features` [1024] are a row of
 * `pool5`. The logarithm keeps a few large features, which a strange picture has, from passing for certainty.
 * Energy: Liu, Wang, Owens, Li, "Energy-based Out-of-distribution Detection", 2020, arXiv:2010.03759.
 */
export function energyOf(weights: Weights, features: ArrayLike<number>): number {
  const { 'fc.weight': matrix, 'fc.bias': bias } = weights;
  const squeezed = squeeze(features);
  const logits = multiply(matrix, squeezed).map((product, row) => product + bias.data[row]);
  const largest = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return -largest - Math.log(logits.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/**
 * Log of the squared Mahalanobis distance along the principal components: log Σₖ (componentₖ · (log1p(x) − mean))².
 * `means` [480] are a row of `inception3b`'s channel means.
 * After Lee, Lee, Lee, Shin, "A Simple Unified Framework for Detecting Out-of-Distribution Samples", 2018, arXiv:1807.03888.
 */
export function distanceOf(
  { mean, components }: Pick<UnusualStatistics, 'mean' | 'components'>,
  means: ArrayLike<number>,
): number {
  const difference = squeeze(means).map((value, channel) => value - mean.data[channel]);
  return Math.log(multiply(components, difference).reduce((sum, along) => sum + along * along, 0));
}

/** 1 / (1 + exp(−s)) of s = a · energy + b · distance + c. What is no number is as unusual as can be. */
export function judge({ joint }: Pick<UnusualStatistics, 'joint'>, energy: number, distance: number): Verdict {
  const [a, b, c] = joint.data;
  const score = 1 / (1 + Math.exp(-(a * energy + b * distance + c)));
  const unusualScore = Number.isNaN(score) ? 1 : score;
  return { unusual: unusualScore > 0.5, unusualScore };
}

/** log(1 + x) of each; a relu's value is at least 0, but for rounding. */
function squeeze(values: ArrayLike<number>): Float64Array {
  const squeezed = new Float64Array(values.length);
  for (let i = 0; i < squeezed.length; i++) squeezed[i] = Math.log1p(Math.max(values[i], 0));
  return squeezed;
}

/** A matrix [rows, columns] times a vector [columns]. */
function multiply(matrix: Tensor, vector: Float64Array): Float64Array {
  const [rows, columns] = matrix.shape;
  const data = asFloat32(matrix);
  const products = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += data[start + column] * vector[column];
    products[row] = sum;
  }
  return products;
}
