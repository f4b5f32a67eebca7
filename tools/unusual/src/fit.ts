import { type Tensor, tensor, type Weights } from '@strata/core';
import { distanceOf, energyOf, statisticsNames } from '@strata/googlenet';
import { eigenpairs } from './eigen.js';
import { quantile, spread } from './robust.js';

/** What the network makes of one picture. */
export interface Measured {
  /** `pool5`. [1024] */
  readonly features: Float32Array;
  /** Channel means of `inception3b`. [480] */
  readonly means: Float32Array;
}

/** Mean and components are of every third photo: with all of them, a garment on its side is too near. */
const photoStep = 3;
/** Principal components that are kept. */
const kept = 64;
/** How much the distance weighs beside the energy, each in units of its spread: chosen on the drawings but the `strangers`. */
const distanceWeight = 0.6;
/** Share of the training pictures that may be called unusual, as they are or as photos, whichever are more. */
const falseAlarms = 0.0475;

/**
 * The statistics as tensors of a weights file. Mean and components are of training pictures as they are, and of some as
 * photos; the threshold is the higher of the two groups'. `round` gives values as the file will store them.
 */
export function fitStatistics(
  weights: Weights,
  asTheyAre: readonly Measured[],
  asPhotos: readonly Measured[],
  round: (tensors: Weights) => Weights,
): Weights {
  const all = [...asTheyAre, ...asPhotos];
  const some = [...asTheyAre, ...asPhotos.filter((_, index) => index % photoStep === 0)];
  const { mean: meanName, components: componentsName, joint: jointName } = statisticsNames;
  const fitted = fitComponents(some.map(({ means }) => Float64Array.from(means, (value) => Math.log1p(value))));
  const rounded = round({ [meanName]: fitted.mean, [componentsName]: fitted.components });
  const { [meanName]: mean, [componentsName]: components } = rounded;
  const energy = all.map(({ features }) => energyOf(weights, features));
  const distance = all.map(({ means }) => distanceOf({ mean, components }, means));
  const factors = round({ [jointName]: tensor([2], [1 / spread(energy), distanceWeight / spread(distance)]) });
  const [a, b] = factors[jointName].data;
  const sums = energy.map((value, index) => a * value + b * distance[index]);
  const threshold = Math.max(
    quantile(sums.slice(0, asTheyAre.length), 1 - falseAlarms),
    quantile(sums.slice(asTheyAre.length), 1 - falseAlarms),
  );
  return round({ ...rounded, [jointName]: tensor([3], [a, b, -threshold]) });
}

/** Mean, and the first principal components over the standard deviation along each. */
function fitComponents(rows: readonly Float64Array[]): { readonly mean: Tensor; readonly components: Tensor } {
  const size = rows[0].length;
  const mean = new Float64Array(size);
  for (const row of rows) for (let i = 0; i < size; i++) mean[i] += row[i] / rows.length;
  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  for (const row of rows) {
    const difference = row.map((value, i) => value - mean[i]);
    for (let i = 0; i < size; i++) {
      const share = difference[i] / (rows.length - 1);
      const line = covariance[i];
      for (let j = 0; j < size; j++) line[j] += share * difference[j];
    }
  }
  const components = new Float32Array(kept * size);
  for (const [index, { value, vector }] of eigenpairs(covariance).slice(0, kept).entries()) {
    components.set(
      vector.map((element) => element / Math.sqrt(value)),
      index * size,
    );
  }
  return { mean: tensor([size], [...mean]), components: tensor([kept, size], components) };
}
