import { parseArgs } from 'node:util';
import { computeKinds, InputError } from '@strata/core';
import { backends } from '../backends.js';
import { allSubjects, type Subject } from '../check/subjects.js';
import type { Runtime } from '../targets.js';

/** The options of `npm run conformance`. */
export interface ConformanceOptions {
  readonly backend: string | undefined;
  readonly device: string | undefined;
  readonly runtime: Runtime | 'all';
  /** What to check, in this order. */
  readonly subjects: readonly Subject[];
  readonly runs: number;
  readonly seed: number | undefined;
  readonly path: string | undefined;
  readonly json: boolean;
  /** A file to write the run to, as a Markdown page. */
  readonly page: string | undefined;
  /** The words as they came. */
  readonly words: string;
  readonly help: boolean;
}

export const usage = `Compares backends with the float64 reference on random trials.

npm run conformance -- [--backend B] [--device D] [--runtime R] [--op OP] [--runs N] [--seed S] [--path P] [--json]
                       [--page FILE]

  --backend B  ${backends.map(({ name }) => name).join(', ')}, reference, or a module that exports createBackend; by
               default every quick one
  --device D   of that backend; by default every quick one that this machine has; all: GPUs in software too
  --runtime R  node (the default), chromium (the same suite in a page of headless Chromium), or all
  --op OP      ${computeKinds.join(', ')}, graph (random graphs), law (equations
               that need no oracle), one 'law: NAME', cases (ONNX's own) or precision (whether the report is true);
               by default all
  --runs N     trials of each op, 100 by default; twice as many random graphs, and a quarter of it for each law
  --seed S     of the trials; a fresh one by default
  --path P     with --seed: replays one failure, as its message says
  --json       [{ backend, device, runtime, op, seed, checked, failed, gaps, worst, failure? }]; worst is the largest
               error as a share of the bound, null when it was infinite
  --page FILE  writes the run as a Markdown page

Exit code 1 when a trial failed or a named device is not there, 2 for wrong words.`;

/** Reads the command line. Throws `InputError` for words that it does not know. */
export function parseOptions(words: readonly string[]): ConformanceOptions {
  const { values } = readWords(words);
  const { op } = values;
  if (values.path !== undefined && (values.seed === undefined || op === undefined)) {
    throw new InputError({ where: '--path', got: 'no --seed or no --op beside it', want: 'all three' });
  }
  return {
    backend: values.backend,
    device: values.device,
    runtime: parseRuntime(values.runtime ?? 'node'),
    subjects: op === undefined ? allSubjects : parseSubjects(op),
    runs: parseWhole('--runs', values.runs ?? '100'),
    seed: values.seed === undefined ? undefined : parseSeed(values.seed),
    path: values.path,
    json: values.json ?? false,
    page: values.page,
    words: words.join(' '),
    help: values.help ?? false,
  };
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        backend: { type: 'string' },
        device: { type: 'string' },
        runtime: { type: 'string' },
        op: { type: 'string' },
        runs: { type: 'string' },
        seed: { type: 'string' },
        path: { type: 'string' },
        json: { type: 'boolean' },
        page: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new InputError({
      where: 'conformance',
      got: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}

/** A subject by its name; `law` stands for all laws. */
function parseSubjects(op: string): readonly Subject[] {
  if (op === 'law') return allSubjects.filter((subject) => subject.startsWith('law: '));
  const found = allSubjects.find((subject) => subject === op);
  if (found !== undefined) return [found];
  throw new InputError({
    where: '--op',
    got: `'${op}'`,
    want: [...computeKinds, 'graph', 'law', "'law: NAME'", 'cases', 'precision'].join(', '),
  });
}

function parseRuntime(text: string): Runtime | 'all' {
  const found = (['node', 'chromium', 'all'] as const).find((runtime) => runtime === text);
  if (found !== undefined) return found;
  throw new InputError({ where: '--runtime', got: `'${text}'`, want: 'node, chromium or all' });
}

function parseWhole(where: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InputError({ where, got: `'${text}'`, want: 'a whole number of at least 1' });
}

/** fast-check's seeds are whole 32-bit numbers and may be negative. */
function parseSeed(text: string): number {
  const value = Number(text);
  if (text !== '' && Number.isInteger(value)) return value;
  throw new InputError({ where: '--seed', got: `'${text}'`, want: 'a whole number' });
}
