import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, messageOf } from '@strata/core';
import { cacheFolder } from './cache-folder.js';
import { type OfficialFile, officialAddress, officialFiles, type Split } from './files.js';

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
  onProgress?(progress: DownloadProgress): void;
}

export interface DownloadProgress {
  readonly file: string;
  /** Bytes here so far, those of an earlier attempt included. */
  readonly done: number;
  /** Bytes in all; `undefined` when the server does not say. */
  readonly total: number | undefined;
}

/**
 * Fetches the official files that are not there yet and returns their folder. What an earlier attempt left as `*.part`
 * is continued; a file gets its name when its checksum fits. `InputError` when it can not be fetched or does not fit.
 */
export async function downloadFashionMnist(options: DownloadOptions = {}): Promise<string> {
  const { folder = cacheFolder(), splits = ['test'], files = officialFiles } = options;
  await mkdir(folder, { recursive: true });
  for (const split of splits) {
    for (const file of [files[split].images, files[split].labels]) await fetchFile(file, folder, options);
  }
  return folder;
}

async function fetchFile(file: OfficialFile, folder: string, options: DownloadOptions): Promise<void> {
  const path = join(folder, file.name);
  if ((await checksumOf(path)) === file.md5) return;
  const part = `${path}.part`;
  const url = new URL(file.name, options.address ?? officialAddress);
  await fetchPart(url, part, file, options);
  const found = await checksumOf(part);
  if (found !== file.md5) {
    await rm(part, { force: true });
    throw new InputError({
      where: url.href,
      got: `MD5 ${found}`,
      want: file.md5,
      hint: 'the download was damaged, or the file has changed; try again',
    });
  }
  await rename(part, path);
}

/** Brings `part` to its full length, from where it ends. */
async function fetchPart(url: URL, part: string, file: OfficialFile, options: DownloadOptions): Promise<void> {
  const { signal, onProgress } = options;
  const had = await sizeOf(part);
  if (had > 0 && (await checksumOf(part)) === file.md5) return;
  const response = await request(url, had, signal);
  if (response.status === 416 && had > 0) {
    // The server has no byte after those here, and they are not the file: begin again.
    await response.body?.cancel();
    await rm(part, { force: true });
    return fetchPart(url, part, file, options);
  }
  if (!response.ok || response.body === null) {
    throw new InputError({
      where: url.href,
      got: `HTTP ${response.status} ${response.statusText}`.trim(),
      want: file.name,
    });
  }
  const start = response.status === 206 ? startOf(response, url, had) : 0;
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const total = Number.isFinite(length) ? start + length : undefined;
  let done = start;
  const handle = await open(part, start > 0 ? 'a' : 'w');
  try {
    for await (const chunk of response.body) {
      await handle.write(chunk);
      done += chunk.length;
      onProgress?.({ file: file.name, done, total });
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw interrupted(url, done, total, error);
  } finally {
    await handle.close();
  }
  if (total !== undefined && done < total) throw interrupted(url, done, total, undefined);
}

async function request(url: URL, had: number, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      headers: had > 0 ? { range: `bytes=${had}-`, 'accept-encoding': 'identity' } : { 'accept-encoding': 'identity' },
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
    throw new InputError({
      where: url.href,
      got: `no answer (${reason})`,
      want: 'the official file',
      hint: 'put the files into a folder yourself, or check the connection and try again',
      cause: error,
    });
  }
}

/** Where the server's part begins; it must be where ours ends. */
function startOf(response: Response, url: URL, had: number): number {
  const range = response.headers.get('content-range') ?? '';
  if (range.startsWith(`bytes ${had}-`)) return had;
  throw new InputError({ where: url.href, got: `content-range '${range}'`, want: `bytes from ${had}` });
}

function interrupted(url: URL, done: number, total: number | undefined, cause: unknown): InputError {
  return new InputError({
    where: url.href,
    got: `a connection that ended after ${done} of ${total ?? 'unknown'} bytes`,
    want: 'the whole file',
    hint: 'try again: it goes on where it stopped',
    cause,
  });
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** MD5 in hex; `undefined` when there is no such file. */
async function checksumOf(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined ? undefined : createHash('md5').update(bytes).digest('hex');
}
