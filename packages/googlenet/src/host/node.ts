import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UnsupportedError } from '@strata/core';
import { download } from '../download/download.js';
import { folderStore } from '../download/folder-store.js';
import type { DownloadContext } from '../download/types.js';
import { isHttp, isUrl } from '../download/urls.js';
import { decode } from './decode.js';
import { fetchBytes } from './fetch-bytes.js';
import { describeFileError } from './file-error.js';
import type { ReadContext } from './read-context.js';
import type { Drawable, Host, Opened, Pixels } from './types.js';

/** Node: files from disk, pictures by sharp, which is loaded with the first picture. */
export const host: Host = { readBytes, readKept, decode, isDrawable, grabPixels };

async function readBytes(source: string | URL, context: ReadContext): Promise<Uint8Array> {
  if (typeof source !== 'string' || isUrl(source)) {
    const url = new URL(source);
    return url.protocol === 'file:' ? readPath(fileURLToPath(url), context) : fetchBytes(url, context);
  }
  return readPath(source, context);
}

async function readKept<T>(
  source: string | URL,
  context: DownloadContext,
  open: (bytes: Uint8Array) => T | Promise<T>,
): Promise<Opened<T>> {
  if (!isHttp(source)) return { value: await open(await readBytes(source, context)) };
  return download(new URL(source).href, folderStore(context.cacheFolder), context, open);
}

async function readPath(path: string, { Failure, want, signal }: ReadContext): Promise<Uint8Array> {
  signal?.throwIfAborted();
  let bytes: Uint8Array;
  try {
    bytes = await readWhole(path, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw new Failure({ where: path, got: describeFileError(error), want, cause: error });
  }
  if (bytes.length === 0) throw new Failure({ where: path, got: 'an empty file', want });
  return bytes;
}

/** Not `readFile`, which asks for half a megabyte at a time: shipped weights then take three times as long. */
async function readWhole(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const status = await file.stat();
    if (!status.isFile()) return await file.readFile();
    const bytes = new Uint8Array(status.size);
    let filled = 0;
    while (filled < bytes.length) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(bytes, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

function isDrawable(_: unknown): _ is Drawable {
  return false;
}

function grabPixels(_: Drawable): Pixels {
  throw new UnsupportedError({ where: 'picture', got: 'a canvas or image element', want: 'pixels, a file or bytes' });
}
