import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeFileError, describeWriteError } from '../host/file-error.js';
import { cacheRoot } from './cache-folder.js';
import { parseStamp } from './stamp.js';
import type { Kept, Store } from './store.js';

/**
 * A folder of files, `downloads` in the cache folder: each copy under a name that begins with its URL's hash, and beside
 * it, `.json`, its stamp and checksum. A copy that does not fit its checksum counts as none, so that processes may write
 * the same copy at once, and one that dies leaves nothing that is read.
 */
export function folderStore(given: string | undefined): Store {
  // The system may not name the home: then there is no cache, and that is told where it is used.
  const pathOf = (url: string) => join(given ?? cacheRoot(), 'downloads', nameOf(url));
  return {
    // Bytes that are not compressed on the way can be counted.
    headers: { 'accept-encoding': 'identity' },

    async find(url) {
      const path = pathOf(url);
      const [bytes, note] = await Promise.all([readIfThere(path), readIfThere(`${path}.json`)]);
      if (bytes === undefined || note === undefined) return undefined;
      const stamp = parseStamp(new TextDecoder().decode(note));
      return stamp?.sha256 === checksumOf(bytes) ? { bytes, stamp } : undefined;
    },

    async keep(url, { bytes, stamp }: Kept) {
      const path = pathOf(url);
      await writing(path, async () => {
        await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
        await writeWhole(path, bytes);
        const { origin, pathname } = new URL(url);
        await writeWhole(
          `${path}.json`,
          JSON.stringify({ url: origin + pathname, ...stamp, sha256: checksumOf(bytes) }),
        );
      });
    },

    async drop(url) {
      const path = pathOf(url);
      await writing(path, async () => {
        await rm(`${path}.json`, { force: true });
        await rm(path, { force: true });
      });
    },
  };
}

/** Queries tell files apart, but may hold what is secret: they are in the hash only. */
function nameOf(url: string): string {
  const { href, hash, pathname } = new URL(url);
  const name = pathname.slice(pathname.lastIndexOf('/') + 1).replace(/[^\w.-]/g, '_');
  return `${checksumOf(href.slice(0, href.length - hash.length)).slice(0, 20)}-${name.slice(-60)}`;
}

function checksumOf(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Under another name first: nobody ever sees a part. */
async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const part = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(part, data);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw error;
  }
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return readFile(path).catch((cause: unknown) => {
    const got = describeFileError(cause);
    if (got === 'no such file') return undefined;
    throw new Error(`${path}: ${got}`, { cause });
  });
}

async function writing(path: string, work: () => Promise<void>): Promise<void> {
  return work().catch((cause: unknown) => {
    throw new Error(`${path}: ${describeWriteError(cause)}`, { cause });
  });
}
