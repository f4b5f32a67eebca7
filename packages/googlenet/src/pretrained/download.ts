import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isWeightsFormat } from '@strata/formats/identify';
import { fetchFile } from '../download/fetch-file.js';
import { writing } from '../download/part.js';
import { pathOf } from './find.js';
import { type Pretrained, parsePretrained } from './registry.js';

/** Options of `downloadPretrained`. */
export interface PretrainedDownload {
  /** The folder of the cache; `$STRATA_CACHE`, or `strata` in the system's folder for caches, by default. */
  readonly cacheFolder?: string | undefined;
  /** Another address of the same file: its checksum stays. */
  readonly url?: string | URL | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes here so far, those of an earlier attempt included, and in all; `undefined` while the server does not say. */
  onProgress?(done: number, total: number | undefined): void;
}

/** Published weights on this disk. */
export interface PretrainedFile {
  readonly path: string;
  readonly pretrained: Pretrained;
  /** Whether it was there already. */
  readonly from: 'server' | 'cache';
}

/**
 * Fetches published weights into the folder `pretrained` of the cache, unless they are there, and says where. What an
 * earlier attempt left is continued; only a file whose checksum fits gets its name. `InputError` when it cannot be fetched
 * or kept, or what came is another file.
 */
export async function downloadPretrained(
  wanted: string | Pretrained,
  options: PretrainedDownload = {},
): Promise<PretrainedFile> {
  const entry = typeof wanted === 'string' ? parsePretrained(wanted) : wanted;
  const path = pathOf(entry, options.cacheFolder);
  await writing(dirname(path), () => mkdir(dirname(path), { recursive: true }));
  const file = {
    url: new URL(options.url ?? entry.url),
    name: entry.file,
    digest: entry.digest,
    couldBe: isWeightsFormat,
  };
  const asked = await fetchFile(file, path, {
    signal: options.signal,
    offline: `check the connection and try again, or put the file there yourself: ${path}`,
    onProgress: (done, total) => options.onProgress?.(done, total),
  });
  return { path, pretrained: entry, from: asked ? 'server' : 'cache' };
}
