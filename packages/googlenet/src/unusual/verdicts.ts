import { type Shape, sameShape, type Tensor, type Weights } from '@strata/core';
import { distanceOf, energyOf, judge, notKnown, type Verdict } from './score.js';
import type { UnusualStatistics } from './statistics.js';
import { watched } from './watch.js';

/** What is said of each picture of a run; `shape` is the batch's. Not known without statistics, or at another size. */
export function verdictsOf(
  statistics: UnusualStatistics | undefined,
  weights: Weights,
  [batch, ...picture]: Shape,
  outputs: Readonly<Record<string, Tensor>>,
): Verdict[] {
  if (statistics === undefined || !sameShape(picture, statistics.input)) {
    return Array.from({ length: batch }, () => notKnown);
  }
  const { [watched.features]: features, [watched.means]: means } = outputs;
  return Array.from({ length: batch }, (_, row) =>
    judge(statistics, energyOf(weights, rowOf(features, row)), distanceOf(statistics, rowOf(means, row))),
  );
}

/** One picture's part of [batch, channels, 1, 1]. */
function rowOf({ data, shape: [, channels] }: Tensor, row: number): ArrayLike<number> {
  return data.subarray(row * channels, (row + 1) * channels);
}
