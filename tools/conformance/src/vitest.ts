import type { Backend } from '@strata/core';
import { type CheckResult, countTrials, type DeviceLoss, formatFailure } from '@strata/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checker, openChecker } from './check/checker.js';
import { allSubjects } from './check/subjects.js';

export interface DescribeOptions {
  /** Trials of each op; 100 by default. Random graphs get twice, laws a quarter of it. */
  readonly runs?: number;
  /** The seed of all trials; by default a fresh one for each subject. */
  readonly seed?: number;
  /** Gaps that are known and accepted, by the name of the official case or of the op. */
  readonly gaps?: readonly string[];
  /** What takes its devices away that are opened from then on; absent where nothing can. */
  readonly watchLoss?: (() => Promise<DeviceLoss | undefined>) | undefined;
}

/**
 * The conformance suite as vitest tests, for any backend: `describeBackend('mine', () => createBackend())` in a test
 * file. Trials of every op, random graphs, laws, official cases, and whether the report tells the truth about
 * precision.
 */
export function describeBackend(name: string, open: () => Promise<Backend>, options: DescribeOptions = {}): void {
  describeChecker(name, () => openChecker(open, options.watchLoss), options);
}

/** The same for a backend that is not in this process. */
export function describeChecker(
  name: string,
  open: () => Promise<Checker>,
  { runs = 100, seed, gaps = [] }: DescribeOptions = {},
): void {
  // A slow device needs more than vitest's own limit of five seconds.
  describe(`${name} conforms`, { timeout: 120_000 }, () => {
    let checker: Checker;
    beforeAll(async () => {
      checker = await open();
    });
    afterAll(() => checker?.dispose());

    it.each(allSubjects)('%s', async (subject) => {
      const options = { runs: countTrials(subject, runs), ...(seed === undefined ? {} : { seed }) };
      accept(await checker.check(subject, options), gaps);
    });
  });
}

/** A correct result; trials may be refused only where a gap is known. */
function accept(result: CheckResult, known: readonly string[]): void {
  expect(formatFailure(result)).toBe('');
  const isKnown = (reason: string) => known.some((name) => reason.startsWith(`${name}: `));
  expect(result.gaps.filter(({ reason }) => !isKnown(reason))).toEqual([]);
  expect(result.checked + result.gaps.length).toBeGreaterThan(0);
}
