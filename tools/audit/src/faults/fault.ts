import { listCandidates } from '@strata/conformance';
import { nameTarget } from '@strata/conformance/targets';
import { InputError } from '@strata/core';
import { type TrialSubject, trialSubjects } from '@strata/trials';

/** A mistake planted in the shipped sources by a patch, which the suite must find. */
export interface Fault {
  /** Of the patch file, without its ending. */
  readonly name: string;
  readonly title: string;
  /** Ops whose results it may spoil, or other subjects that may see it, the likeliest first; none where tests look. */
  readonly ops: readonly TrialSubject[];
  /** Devices that run the faulty sources, the quickest first: `onnx/wasm`, `tfjs/webgl in chromium`. */
  readonly devices: readonly string[];
  /** Test files of the packages' own for what no trial reaches, from the root of the repository. */
  readonly tests: readonly string[];
  /** Files that it changes, from the root of the repository. */
  readonly files: readonly string[];
}

/** How the suite did against one fault. Plain data. */
export interface FaultResult {
  readonly name: string;
  readonly title: string;
  readonly outcome: FaultOutcome;
  readonly seconds: number;
}

/** What caught a fault, with the device and the first failing trial; why it was not judged; or that it survived. */
export type FaultOutcome =
  | { readonly kind: 'caught'; readonly by: string; readonly device: string; readonly trial: number }
  | { readonly kind: 'survived' }
  | { readonly kind: 'not judged'; readonly reason: string };

/**
 * Reads a patch that starts with `# title: …`, then `# ops: conv2d, graph` and `# devices: tfjs/js, tfjs/wasm`, or
 * `# tests: packages/cli/test/run.test.ts`. Throws `InputError` for a header that lacks them, or names an op or a
 * device that does not exist.
 */
export function parseFault(name: string, patch: string): Fault {
  const files = [...patch.matchAll(/^\+\+\+ b\/(\S+)/gm)].map(([, file]) => file);
  if (files.length === 0) throw new InputError({ where: name, got: 'no file', want: 'a unified diff' });
  const title = readLine(name, patch, 'title');
  if (/^# tests: /m.test(patch))
    return { name, title, ops: [], devices: [], tests: readList(name, patch, 'tests'), files };
  return {
    name,
    title,
    ops: readList(name, patch, 'ops').map((op) => findOp(name, op)),
    devices: readList(name, patch, 'devices').map((device) => findDevice(name, device)),
    tests: [],
    files,
  };
}

/** The folders of the packages that a fault changes: `packages/core`. */
export function packagesOf({ files }: Fault): string[] {
  return [...new Set(files.map((file) => file.split('/').slice(0, 2).join('/')))];
}

function readLine(name: string, patch: string, key: string): string {
  const found = new RegExp(`^# ${key}: (.+)$`, 'm').exec(patch)?.[1];
  if (found !== undefined) return found.trim();
  throw new InputError({
    where: name,
    got: `no line '# ${key}: …'`,
    want: 'title, ops and devices, or title and tests',
  });
}

function readList(name: string, patch: string, key: string): string[] {
  return readLine(name, patch, key).split(/,\s*/);
}

function findOp(where: string, name: string): TrialSubject {
  const found = trialSubjects.find((subject) => subject === name);
  if (found !== undefined) return found;
  throw new InputError({ where, got: `op '${name}'`, want: trialSubjects.join(', ') });
}

function findDevice(where: string, name: string): string {
  const { candidates } = listCandidates();
  const names = candidates.filter(({ pace, runtime }) => pace === 'quick' || runtime === 'chromium').map(nameTarget);
  if (names.includes(name)) return name;
  throw new InputError({ where, got: `device '${name}'`, want: names.join(', ') });
}
