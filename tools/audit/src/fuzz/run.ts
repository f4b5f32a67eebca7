import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Message } from './child.js';
import type { Verdict } from './judge.js';
import type { SubjectName } from './subjects/index.js';

/** A file that is not read and not refused either. */
export interface Failure {
  readonly index: number;
  readonly outcome: string;
  readonly told: string;
}

/** What came of a run. */
export interface Tally {
  readonly reader: SubjectName;
  readonly seed: number;
  readonly runs: number;
  readonly read: number;
  readonly refused: number;
  readonly failures: readonly Failure[];
  readonly slowestMilliseconds: number;
  /** The largest growth of the process that was measured for one file alone, or for files of a process together. */
  readonly mostGrown: number;
  readonly seconds: number;
}

/** A child that says nothing for so long, in milliseconds, hangs. The machine may be busy with other things. */
const patience = 60_000;

/** More failures than anybody reads. */
const mostFailures = 20;

/**
 * Feeds a reader with `runs` files in a process of its own, which is started anew where it ended or hangs. A file that
 * seems to take too much time or memory is judged again, alone in a fresh process: there nothing else is measured.
 */
export async function fuzz(reader: SubjectName, seed: number, runs: number): Promise<Tally> {
  const start = performance.now();
  const counts = { read: 0, refused: 0 };
  const failures: Failure[] = [];
  let slowestMilliseconds = 0;
  let mostGrown = 0;
  let next = 0;
  while (next < runs && failures.length < mostFailures) {
    const { ended, verdicts } = await runChild(reader, seed, next, runs);
    for (const [index, verdict] of verdicts) {
      const final = isDoubtful(verdict) ? await judgeAlone(reader, seed, index) : verdict;
      slowestMilliseconds = Math.max(slowestMilliseconds, final.milliseconds);
      mostGrown = Math.max(mostGrown, final.grown);
      if (final.outcome === 'read' || final.outcome === 'refused') counts[final.outcome]++;
      else failures.push({ index, outcome: final.outcome, told: final.told });
    }
    // One that ends before its first file is the tool's own fault, and would do so again.
    if (ended.index < next) throw new Error(`the process for ${reader} ${ended.reason}`);
    next = ended.index + 1;
    if (ended.reason !== '') failures.push({ index: ended.index, outcome: ended.reason, told: '' });
  }
  const seconds = (performance.now() - start) / 1000;
  return { reader, seed, runs: Math.min(next, runs), ...counts, failures, slowestMilliseconds, mostGrown, seconds };
}

function isDoubtful({ outcome }: Verdict): boolean {
  return outcome === 'slow' || outcome === 'large';
}

async function judgeAlone(reader: SubjectName, seed: number, index: number): Promise<Verdict> {
  const { ended, verdicts } = await runChild(reader, seed, index, index + 1);
  return verdicts.get(index) ?? { outcome: 'crash', told: ended.reason, milliseconds: 0, grown: 0 };
}

interface ChildRun {
  /** The last file that was begun, and why no other was; empty where that is as it should be. */
  readonly ended: { readonly index: number; readonly reason: string };
  readonly verdicts: ReadonlyMap<number, Verdict>;
}

function runChild(reader: SubjectName, seed: number, first: number, end: number): Promise<ChildRun> {
  const script = fileURLToPath(new URL('../../dist/fuzz/child.js', import.meta.url));
  const child = fork(script, [reader, String(seed), String(first), String(end)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const verdicts = new Map<number, Verdict>();
  let index = first - 1;
  let errors = '';
  let hangs = false;
  let doubted = false;
  const kill = () => {
    hangs = true;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(kill, patience);
  child.stderr?.on('data', (text) => {
    errors = `${errors}${text}`.slice(-2000);
  });
  child.on('message', (message: Message) => {
    if (doubted) return;
    clearTimeout(timer);
    timer = setTimeout(kill, patience);
    index = message.index;
    if (message.kind === 'begin') return;
    verdicts.set(message.index, message.verdict);
    // What it has grown to is no measure for the files that follow.
    doubted = isDoubtful(message.verdict);
    if (doubted) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      const finished = doubted || (code === 0 && index === end - 1);
      const line =
        errors
          .trim()
          .split('\n')
          .find((text) => /^\w*Error\b/.test(text)) ?? `exit code ${code}`;
      resolve({ ended: { index, reason: finished ? '' : hangs ? 'hangs' : `ends: ${line}` }, verdicts });
    });
  });
}
