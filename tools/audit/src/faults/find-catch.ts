import type { Candidate, Checker, Subject } from '@strata/conformance';
import { type CheckOptions, type CheckResult, countTrials, laws, type TrialSubject } from '@strata/trials';

/** What found a backend to be wrong. */
export interface Catch {
  /** A subject of the suite: an op, `graph`, `law: …`, `cases`, `precision`. */
  readonly by: string;
  /** Which trial of it was the first to fail, from 1. */
  readonly trial: number;
}

/** As many as the suite makes by default (`describeBackend`), fewer where each takes long. */
const runsAt: Readonly<Record<Candidate['pace'], number>> = { quick: 100, slow: 20, rare: 20 };

/**
 * What the default suite has for these ops, up to its first failure: trials, laws, official cases, precision. A failing
 * trial is not made smaller. `undefined` when all pass.
 */
export async function findCatch(
  checker: Checker,
  ops: readonly TrialSubject[],
  seed: number,
  pace: Candidate['pace'] = 'quick',
): Promise<Catch | undefined> {
  const about = laws.filter((law) => law.ops.some((op) => ops.includes(op)));
  const subjects: readonly Subject[] = [
    ...ops,
    ...about.map(({ name }) => `law: ${name}` as const),
    'cases',
    'precision',
  ];
  for (const subject of subjects) {
    const options = { runs: countTrials(subject, runsAt[pace]), seed, shrink: false } satisfies CheckOptions;
    const result = await checker.check(subject, options);
    if (isWrong(result)) return { by: subject, trial: result.checked };
  }
  return undefined;
}

/** Checking nothing counts as a failure: a fault must not hide as a gap. */
function isWrong({ failed, checked }: CheckResult): boolean {
  return failed > 0 || checked === 0;
}
