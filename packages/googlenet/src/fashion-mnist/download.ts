import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchFile } from '../download/fetch-file.js';
import { writing } from '../download/part.js';
import { cacheFolder } from './cache-folder.js';
import { officialAddress, officialFiles, type Split } from './files.js';

/** Options of `downloadFashionMnist`. */
export interface DownloadOptions {
  /** Where to keep the files; the system's cache folder by default. */
  readonly folder?: string;
  /** What to fetch; `['test']` by default. */
  readonly splits?: readonly Split[];
  /** Folder to fetch from, with a trailing slash; the official one by default. */
  readonly address?: string;
  /** What the files must be; the published ones by default. */
  readonly files?: typeof officialFiles;
  readonly signal?: AbortSignal;
  /** Called as bytes arrive. */
  onProgress?(progress: DownloadProgress): void;
}

/** How far one file has come. */
export interface DownloadProgress {
  readonly file: string;
  /** Bytes here so far, those of an earlier attempt included. */
  readonly done: number;
  /** Bytes in all; `undefined` when the server does not say. */
  readonly total: number | undefined;
}

/**
 * Fetches the official files that are not there yet and returns their folder. What an earlier attempt left as `*.part`
 * is continued; a file gets its name when its checksum fits. `InputError` when it cannot be fetched, kept or does not fit.
 */
export async function downloadFashionMnist(options: DownloadOptions = {}): Promise<string> {
  const { folder = cacheFolder(), splits = ['test'], files = officialFiles, address, signal, onProgress } = options;
  await writing(folder, () => mkdir(folder, { recursive: true }));
  for (const split of splits) {
    for (const { name, md5 } of [files[split].images, files[split].labels]) {
      const file = {
        url: new URL(name, address ?? officialAddress),
        name,
        digest: { algorithm: 'md5', hex: md5 },
        couldBe: (format: string) => format === 'gzip',
      } as const;
      await fetchFile(file, join(folder, name), {
        signal,
        offline: 'put the files into a folder yourself, or check the connection and try again',
        onProgress: (done, total) => onProgress?.({ file: name, done, total }),
      });
    }
  }
  return folder;
}
