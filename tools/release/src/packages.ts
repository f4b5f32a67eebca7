import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../../..');

/** What of a `package.json` is read here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly keywords?: readonly string[];
  readonly repository?: { readonly type: string; readonly url: string; readonly directory?: string };
  readonly engines?: Readonly<Record<string, string>>;
  readonly publishConfig?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, Conditions | string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** What an entry gives under each condition; `null` where it is not there. */
export type Conditions = Readonly<Record<string, string | null>>;

export interface Room {
  readonly folder: string;
  readonly manifest: Manifest;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** Folders of `packages` or `tools` that are packages. */
export function roomsIn(place: 'packages' | 'tools'): Room[] {
  return readdirSync(join(root, place))
    .map((name) => join(root, place, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(folder) }));
}

/** The backends, by their packages' names: `onnx` of `@strata/backend-onnx`. */
export function backendNames(): string[] {
  const prefix = '@strata/backend-';
  const names = roomsIn('packages').map(({ manifest }) => manifest.name);
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}
