import { stat } from 'node:fs/promises';
import { isPublished, type Pretrained, pretrained } from '@strata/googlenet/pretrained';

/** By how much a published file's size may differ from the one that is told, which is only shown to users. */
const SIZE_SHARE = 1e-3;

/**
 * The published weights that a file is, wherever it lies and whatever its name, by its checksum. Most files are told by
 * their size, and then not read.
 */
export async function findPublished(path: string): Promise<Pretrained | undefined> {
  const size = (await stat(path).catch(() => undefined))?.size ?? Number.NaN;
  for (const entry of pretrained) {
    if (Math.abs(size / entry.bytes - 1) < SIZE_SHARE && (await isPublished(path, entry.digest))) return entry;
  }
  return undefined;
}
