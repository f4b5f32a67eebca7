import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Backend, type BackendOptions, type Device, InputError, messageOf } from '@strata/core';
import type { Pace } from '../backends.js';
import { type PageTarget, pageTargets } from '../browser/chromium.js';
import { type Checker, openChecker } from '../check/checker.js';
import { type Absent, probeTargets, type Runtime, targets } from '../targets.js';

/** Something to check, not yet opened. */
export interface Candidate {
  readonly backend: string;
  readonly device: Device;
  readonly runtime: Runtime;
  readonly pace: Pace;
  /** Throws `DeviceError` that says why it is not available. */
  open(): Promise<Checker>;
}

/** What the command line selects on this machine. */
export interface Chosen {
  readonly present: readonly Candidate[];
  /** What of that this machine lacks. */
  readonly absent: readonly Absent<Candidate>[];
  close(): Promise<void>;
}

/** Finds what the command line names and opens each once. Throws `InputError` for what does not exist anywhere. */
export async function chooseTargets({
  backend,
  device,
  runtime,
}: {
  readonly backend: string | undefined;
  readonly device: string | undefined;
  readonly runtime: Runtime | 'all';
}): Promise<Chosen> {
  if (backend !== undefined && !targets.some((target) => target.backend === backend)) {
    return { present: [await loadCandidate(backend, device)], absent: [], close: async () => {} };
  }
  const { candidates, close } = listCandidates();
  const all = candidates.filter((candidate) => backend === undefined || candidate.backend === backend);
  const named = all.filter((candidate) => runtime === 'all' || candidate.runtime === runtime);
  const chosen = named.filter((candidate) => {
    if (device === 'all') return candidate.backend !== 'reference' || backend === 'reference';
    return device === undefined ? candidate.pace === 'quick' || backend === 'reference' : candidate.device === device;
  });
  if (chosen.length > 0) return { ...(await probeTargets(chosen)), close };
  throw noSuchDevice(device, named, all);
}

/** Everything that can be checked, in this process and in a page of Chromium, which `close` closes. */
export function listCandidates(): { readonly candidates: readonly Candidate[]; close(): Promise<void> } {
  const page = pageTargets();
  const inProcess = targets.map(
    (target): Candidate => ({
      ...target,
      runtime: 'node',
      open: () => openChecker(() => target.open(), target.watchLoss),
    }),
  );
  return { candidates: [...inProcess, ...page.targets], close: page.close };
}

function noSuchDevice(
  device: string | undefined,
  named: readonly (Candidate | PageTarget)[],
  all: readonly (Candidate | PageTarget)[],
): InputError {
  const elsewhere = all.find((candidate) => candidate.device === device);
  return new InputError({
    where: '--device',
    got: `'${String(device)}'`,
    want: [...new Set(named.map((candidate) => candidate.device))].join(', ') || 'a backend that has devices there',
    ...(elsewhere === undefined ? {} : { hint: `--runtime ${elsewhere.runtime} has it` }),
  });
}

/** A third party's backend: a path or package that exports `createBackend`. */
async function loadCandidate(module: string, device: string | undefined): Promise<Candidate> {
  const specifier = module.startsWith('.') || module.startsWith('/') ? pathToFileURL(resolve(module)).href : module;
  const createBackend = await importCreate(specifier, module);
  return {
    backend: module,
    device: device ?? 'auto',
    runtime: 'node',
    pace: 'quick',
    open: () => openChecker(() => createBackend(device === undefined ? {} : { device })),
  };
}

async function importCreate(specifier: string, where: string): Promise<(options?: BackendOptions) => Promise<Backend>> {
  let found: object;
  try {
    found = await import(specifier);
  } catch (error) {
    throw new InputError({ where: '--backend', got: `'${where}': ${messageOf(error)}`, cause: error });
  }
  if (exportsCreate(found)) return found.createBackend;
  throw new InputError({ where, got: Object.keys(found).join(', ') || 'no exports', want: 'createBackend' });
}

function exportsCreate(found: object): found is { createBackend(options?: BackendOptions): Promise<Backend> } {
  return 'createBackend' in found && typeof found.createBackend === 'function';
}
