import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backendNames, installLinked, packAll, type Tarball, writePrograms } from '../../src/index.js';

export interface Project {
  readonly folder: string;
  readonly tarballs: readonly Tarball[];
  remove(): void;
}

/** A user's project with every tarball and the README's programs. */
export async function makeProject(): Promise<Project> {
  const scratch = mkdtempSync(join(tmpdir(), 'strata-release-'));
  const tarballs = await packAll(scratch);
  const folder = join(scratch, 'project');
  await installLinked(tarballs, folder);
  await writePrograms(folder, backendNames());
  return { folder, tarballs, remove: () => rmSync(scratch, { recursive: true, force: true }) };
}
