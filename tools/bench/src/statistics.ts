import { createRandom } from '@strata/core';

/** The middle value; for an even count the mean of the two middle ones. NaN for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 0 ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[Math.floor(middle)];
}

/** One measurement of each side, taken one right after the other. Milliseconds. */
export interface Pair {
  readonly ours: number;
  readonly peer: number;
}

/** Ratio of medians with the bounds of its bootstrap interval. Below 1: ours is faster. */
export interface Ratio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Ratio of the medians of ours and peer, with the 95 % percentile bootstrap interval: pairs are drawn with
 * replacement, so what slowed both sides of a pair stays together (Efron & Tibshirani 1993, chapter 13).
 */
export function ratioOfMedians(pairs: readonly Pair[], { resamples = 2000, seed = 1 } = {}): Ratio {
  const random = createRandom(`bootstrap ${seed}`);
  const ratios = Array.from({ length: resamples }, () => {
    const drawn = pairs.map(() => pairs[Math.floor(random.uniform() * pairs.length)]);
    return ratioOf(drawn);
  }).sort((a, b) => a - b);
  const at = (share: number) => ratios[Math.min(resamples - 1, Math.floor(share * resamples))];
  return { ratio: ratioOf(pairs), low: at(0.025), high: at(0.975) };
}

function ratioOf(pairs: readonly Pair[]): number {
  return median(pairs.map(({ ours }) => ours)) / median(pairs.map(({ peer }) => peer));
}
