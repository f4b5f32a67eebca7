import { mkdir, readdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Gives a copy of the repository its dependencies, but the copied packages in place of the repository's own. */
export async function linkModules(repository: string, copy: string, copied: readonly string[]): Promise<void> {
  // A package may have a version of its own, as tools/docs has of TypeScript.
  for (const folder of ['.', ...copied]) await linkInstalled(join(repository, folder), join(copy, folder));
  await mkdir(join(copy, 'node_modules/@strata'), { recursive: true });
  for (const folder of copied) await linkPackage(copy, folder);
}

/** Lets a copy's packages find one more: `packages/backend-mine`. */
export async function linkPackage(copy: string, folder: string): Promise<void> {
  await symlink(join(copy, folder), join(copy, 'node_modules/@strata', basename(folder)));
}

/** Links what is installed in one folder, but neither our own packages nor programs and caches. */
async function linkInstalled(from: string, to: string): Promise<void> {
  const installed = await readdir(join(from, 'node_modules')).catch(() => []);
  const names = installed.filter((name) => name !== '@strata' && !name.startsWith('.'));
  if (names.length > 0) await mkdir(join(to, 'node_modules'), { recursive: true });
  for (const name of names) await symlink(join(from, 'node_modules', name), join(to, 'node_modules', name));
}
