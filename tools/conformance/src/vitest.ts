import type { Backend } from '@strata/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checker, checkerOf } from './check/checker.js';
import { formatFailure } from './check/format.js';
import type { CheckResult } from './check/search.js';
import { allSubjects, trialsOf } from './check/subjects.js';

export interface DescribeOptions {
  /** Trials of each op; 100 by default. Random graphs get twice, laws a quarter of it. */
  readonly runs?: number;
  /** Of all trials; a fresh one for each by default. */
  readonly seed?: number;
  /** Gaps that are known and accepted, by the name of the official case or of the op. */
  readonly gaps?: readonly string[];
}

/**
 * The conformance suite as vitest tests, for any backend: `describeBackend('mine', () => createBackend())` in a test
 * file. Trials of every op, random graphs, laws, official cases, and whether the report tells the truth on precision.
 */
export function describeBackend(name: string, open: () => Promise<Backend>, options: DescribeOptions = {}): void {
  describeChecker(name, async () => checkerOf(await open()), options);
}

/** The same for a backend that is not in this process. */
export function describeChecker(
  name: string,
  open: () => Promise<Checker>,
  { runs = 100, seed, gaps = [] }: DescribeOptions = {},
): void {
  // A slow device needs more than the five seconds that are vitest's own limit.
  describe(`${name} conforms`, { timeout: 120_000 }, () => {
    let checker: Checker;
    beforeAll(async () => {
      checker = await open();
    });
    afterAll(() => checker?.dispose());

    it.each(allSubjects)('%s', async (subject) => {
      const options = { runs: trialsOf(subject, runs), ...(seed === undefined ? {} : { seed }) };
      accept(await checker.check(subject, options), gaps);
    });
  });
}

/** A right result; trials may be refused only where a gap is known. */
function accept(result: CheckResult, known: readonly string[]): void {
  expect(formatFailure(result)).toBe('');
  const isKnown = (reason: string) => known.some((name) => reason.startsWith(`${name}: `));
  expect(result.gaps.filter(({ reason }) => !isKnown(reason))).toEqual([]);
  expect(result.checked + result.gaps.length).toBeGreaterThan(0);
}
