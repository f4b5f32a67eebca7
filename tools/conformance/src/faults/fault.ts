import { type ComputeKind, computeKinds, InputError } from '@strata/core';
import { nameTarget, type Target, targets } from '../targets.js';

/** What a fault can be looked for with: the trials of an op, or random graphs. */
export type FaultOp = ComputeKind | 'graph';

/** A mistake planted in the shipped sources by a patch, which the suite must find. */
export interface Fault {
  /** Of the patch file, without its ending. */
  readonly name: string;
  readonly title: string;
  /** Ops whose results it may spoil, the likeliest first. */
  readonly ops: readonly FaultOp[];
  /** Devices that run the faulty sources, the quickest first. */
  readonly targets: readonly Target[];
  /** Files that it changes, from the root of the repository. */
  readonly files: readonly string[];
}

/**
 * Reads a patch that starts with `# title: …`, `# ops: conv2d, graph` and `# devices: tfjs/js, tfjs/wasm`.
 * Throws `InputError` for a header that lacks one, or names an op or a device that does not exist.
 */
export function parseFault(name: string, patch: string): Fault {
  const files = [...patch.matchAll(/^\+\+\+ b\/(\S+)/gm)].map(([, file]) => file);
  if (files.length === 0) throw new InputError({ where: name, got: 'no file', want: 'a unified diff' });
  return {
    name,
    title: readLine(name, patch, 'title'),
    ops: readList(name, patch, 'ops').map((op) => findOp(name, op)),
    targets: readList(name, patch, 'devices').map((target) => findTarget(name, target)),
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
  throw new InputError({ where: name, got: `no line '# ${key}: …'`, want: 'title, ops and devices' });
}

function readList(name: string, patch: string, key: string): string[] {
  return readLine(name, patch, key).split(/,\s*/);
}

function findOp(where: string, name: string): FaultOp {
  const found = ([...computeKinds, 'graph'] as const).find((op) => op === name);
  if (found !== undefined) return found;
  throw new InputError({ where, got: `op '${name}'`, want: [...computeKinds, 'graph'].join(', ') });
}

function findTarget(where: string, name: string): Target {
  const fast = targets.filter((target) => target.fast);
  const found = fast.find((target) => nameTarget(target) === name);
  if (found !== undefined) return found;
  throw new InputError({ where, got: `device '${name}'`, want: fast.map(nameTarget).join(', ') });
}
