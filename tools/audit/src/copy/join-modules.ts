import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The second half of the build of a copied package, where it is published as one file an entry. */
export async function joinModules(repository: string, copy: string, folder: string, timeout: number): Promise<void> {
  const manifest = await readFile(join(copy, folder, 'package.json'), 'utf8');
  if (!manifest.includes('join-modules')) return;
  const script = join(repository, 'tools/house/join-modules.mjs');
  await execute(process.execPath, [script], { cwd: join(copy, folder), timeout });
}
