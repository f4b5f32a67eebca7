import type { DeviceReport } from '@strata/core';

/** How one device went. Plain data. */
export type DeviceResult = CheckedResult | FailedResult;

/** It could not be opened, or ended before all was checked. */
export interface FailedResult {
  readonly device: string;
  readonly failure: string;
}

export interface CheckedResult {
  readonly device: string;
  readonly report: DeviceReport;
  readonly cases: CasesResult;
  readonly networks: readonly NetworkCheck[];
  readonly pictures: PicturesResult | undefined;
  readonly timings: readonly Timing[];
}

/** The 105 official operator cases. */
export interface CasesResult {
  readonly passed: number;
  /** `name: why` of each that did not pass. */
  readonly others: readonly string[];
}

/** A whole network against float64 numbers. */
export interface NetworkCheck {
  /** `seed-224`, a golden; `seed 1×1×64×80`, the reference interpreter. */
  readonly name: string;
  readonly passed: boolean;
  /** Largest error of any block, as a share of the block's largest value. */
  readonly worst: number;
}

/** Sample pictures classified with the shipped weights. */
export interface PicturesResult {
  readonly right: number;
  /** `Bag: got Dress` of each that is wrong. */
  readonly wrong: readonly string[];
}

/** The seed network with the shipped weights on [batch, 1, 224, 224]: upload, network and readback. Milliseconds. */
export interface Timing {
  readonly batch: number;
  /** `compile`, its warm-up included. */
  readonly compileMs: number;
  /** The first `run` of this size after it. */
  readonly firstRunMs: number;
  readonly medianMs: number;
  readonly lowestMs: number;
  readonly highestMs: number;
  /** Runs that the three above are of, after the first. */
  readonly runs: number;
}

/** Whether all that was compared agrees. */
export function isRight(result: DeviceResult): result is CheckedResult {
  if ('failure' in result) return false;
  const { cases, networks, pictures } = result;
  return cases.others.length === 0 && networks.every(({ passed }) => passed) && (pictures?.wrong ?? []).length === 0;
}
