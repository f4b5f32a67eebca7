import type { ReadContext } from '../host/read-context.js';

/**
 * What a download does with the cache, by the names that `fetch` has: `'default'` uses a kept copy if the server says
 * that it is current, and keeps what it downloads; `'reload'` downloads and keeps; `'no-store'` neither looks nor keeps;
 * `'force-cache'` uses any kept copy and does not ask the server.
 */
export type CacheMode = 'default' | 'reload' | 'no-store' | 'force-cache';

/** All cache modes. */
export const cacheModes: readonly CacheMode[] = ['default', 'reload', 'no-store', 'force-cache'];

/** Where bytes from a URL came from. */
export interface DownloadReport {
  readonly url: string;
  /** `'cache'`: a copy that an earlier download kept. */
  readonly from: 'server' | 'cache';
  readonly bytes: number;
  /** Whether there is a copy now. False without `trouble` where the server, or the caller's `cache`, wants none. */
  readonly kept: boolean;
  /**
   * What did not work, though the bytes are here: no room or no permission to keep a copy, no Cache API (pages over plain
   * http), or a server that could not be asked whether the copy is current.
   */
  readonly trouble?: string;
}

/** How a download is told, kept and stopped. */
export interface DownloadContext extends ReadContext {
  readonly cache?: CacheMode | undefined;
  /** In Node: the folder of the cache; `$STRATA_CACHE`, or `strata` in the system's folder for caches, by default. */
  readonly cacheFolder?: string | undefined;
  /** Bytes here, and in all; `total` is `undefined` while nobody knows. */
  onProgress?(done: number, total: number | undefined): void;
}
