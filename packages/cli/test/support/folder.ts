import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** An empty folder that goes when the test file ends. Paths in it begin with a random part: see `withoutFolder`. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'strata-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A text with the folder's path left out, for snapshots. */
export function withoutFolder(text: string, folder: string): string {
  return text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
}
