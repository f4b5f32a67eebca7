import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Setting } from './check-types.js';
import type { Tarball } from './pack.js';
import type { Manifest } from './packages.js';

/** A command runs in Node alone, and its types may speak of Node's. */
const isForPages = (manifest: Manifest) => !('bin' in manifest);

/** Writes modules that ask for every entry of the packages, and tells which files of a project to check in each world. */
export async function writeEntries(
  project: string,
  tarballs: readonly Tarball[],
  backends: readonly string[],
): Promise<Readonly<Record<Setting['world'], readonly string[]>>> {
  const manifests = tarballs.map(({ manifest }) => manifest);
  await writeFile(join(project, 'entries.ts'), importAll(manifests));
  await writeFile(join(project, 'entries-for-pages.ts'), importAll(manifests.filter(isForPages)));
  const programs = backends.map((backend) => `${backend}.ts`);
  return {
    page: [...programs, 'entries-for-pages.ts'],
    worker: [...programs, 'entries-for-pages.ts'],
    node: [...programs, 'entries.ts'],
    // The program prints, which needs to know of a console.
    nothing: ['entries-for-pages.ts'],
  };
}

function importAll(manifests: readonly Manifest[]): string {
  const entries = manifests.flatMap(({ name, exports = {} }) =>
    Object.keys(exports)
      .filter((entry) => !entry.includes('*'))
      .map((entry) => `${name}${entry.slice(1)}`),
  );
  return entries.map((entry, index) => `export * as entry${index} from '${entry}';\n`).join('');
}
