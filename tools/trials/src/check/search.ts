import type { Backend, Gap } from '@strata/core';
import fc from 'fast-check';
import type { DeviceLoss } from '../stateful/loss.js';

export interface CheckOptions {
  /** Trials to make; 100 by default. */
  readonly runs?: number;
  /** The seed of the trials; a fresh one by default. The same seed makes the same trials. */
  readonly seed?: number;
  /** Where in the trials of that seed to start: replays one failure. */
  readonly path?: string;
  /** Whether a failing trial is made smaller, which takes many more; true by default. */
  readonly shrink?: boolean;
  /** Opens another backend on the same device, for programs that have two side by side; they have one without it. */
  open?(): Promise<Backend>;
  /** Takes its devices away, for programs that lose them; they lose none without it. */
  readonly loss?: DeviceLoss | undefined;
}

/** The smallest trial found that fails. */
export interface Failure {
  /** Its place in the trials of its seed; absent where nothing is random. */
  readonly seed?: number;
  readonly path?: string;
  /** The graph, one line a node. */
  readonly graph: string;
  /** Input shapes of each run, and the five worst elements of each failing output; or what was thrown. */
  readonly details: string;
}

/** How a backend did on the trials of one subject: an op, random graphs, or a law. Plain data. */
export interface CheckResult {
  readonly backend: string;
  readonly device: string;
  /** An op, `graph` or `law: …` here; conformance has `cases` and `precision` too. */
  readonly op: string;
  readonly seed: number;
  /** Trials that ran on the device and were compared. */
  readonly checked: number;
  /** Trials that failed. A search stops at the first and shrinks it; of the official cases all are counted. */
  readonly failed: number;
  /** Trials that the device refused, by reason. */
  readonly gaps: readonly { readonly reason: string; readonly trials: number }[];
  /** Largest error of a passing trial as a share of its tolerance; of the smallest failing one where one failed. */
  readonly worst: number;
  readonly failure?: Failure;
}

/** How one trial went. */
export interface Verdict {
  readonly passed: boolean;
  /** Nodes that the device refused; the trial was then not run. */
  readonly gaps: readonly Gap[];
  readonly worst: number;
  /** What to print when it failed. */
  readonly text: string;
}

/** Looks for a trial that fails, and for the smallest such. `judge` must not throw for what the backend does wrong. */
export async function searchFailure<T>(
  backend: Backend,
  op: string,
  trials: fc.Arbitrary<T>,
  judge: (trial: T) => Promise<Verdict>,
  list: (trial: T) => string,
  { runs = 100, seed = freshSeed(), path, shrink = true }: CheckOptions = {},
): Promise<CheckResult> {
  const tally = createTally();
  const property = fc.asyncProperty(trials, async (trial) => tally.count(await judge(trial)));
  const details = await fc.check(property, {
    numRuns: runs,
    seed,
    endOnFailure: path !== undefined || !shrink,
    ...(path === undefined ? {} : { path }),
  });
  const common = { backend: backend.name, device: backend.device, op, seed, ...tally.read() };
  if (!details.failed || details.counterexample === null) return { ...common, failed: 0 };
  const [smallest] = details.counterexample;
  const { worst, text } = await judge(smallest);
  const failure = { seed, path: details.counterexamplePath ?? '', graph: list(smallest), details: text };
  return { ...common, failed: 1, worst, failure };
}

/** A seed that differs from run to run. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** Counts trials up to the first failure; those that shrinking tries afterwards do not count. */
function createTally() {
  let checked = 0;
  let worst = 0;
  let open = true;
  const reasons = new Map<string, number>();
  return {
    count({ passed, gaps: [gap], worst: own }: Verdict): boolean {
      if (open && gap !== undefined) {
        const reason = `${gap.op}: ${gap.reason}`;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      } else if (open) {
        checked++;
        worst = Math.max(worst, own);
      }
      open &&= passed;
      return passed;
    },
    read: () => ({ checked, worst, gaps: [...reasons].map(([reason, trials]) => ({ reason, trials })) }),
  };
}
