import { type GoldenName, goldenNames } from '@strata/conformance';

/** How much is done on a device. */
export interface Effort {
  readonly goldens: readonly GoldenName[];
  /** Batch sizes to time. */
  readonly batches: readonly number[];
  /** Timed runs of each. */
  readonly runs: number;
}

/**
 * A software renderer takes many seconds for a picture: it shows that the results are right, and its timings mean
 * nothing.
 */
export function effortFor(software: boolean, full: boolean): Effort {
  return software && !full
    ? { goldens: ['seed-224'], batches: [1], runs: 3 }
    : { goldens: goldenNames, batches: [1, 8, 32], runs: 50 };
}
