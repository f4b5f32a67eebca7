import { parseStamp } from './stamp.js';
import type { Kept, Store } from './store.js';

const cacheName = 'strata';
const stampHeader = 'x-strata-stamp';

/** The browser's Cache API, which pages have over https and from localhost. It keeps whole answers or none. */
export const browserStore: Store = {
  headers: {},

  async find(url) {
    const response = await (await openCache()).match(url);
    const stamp = parseStamp(response?.headers.get(stampHeader) ?? '');
    if (response === undefined || stamp === undefined) return undefined;
    return { bytes: new Uint8Array(await response.arrayBuffer()), stamp };
  },

  async keep(url, { bytes, stamp }: Kept) {
    const headers = { 'content-type': 'application/octet-stream', [stampHeader]: JSON.stringify(stamp) };
    await (await openCache()).put(url, new Response(new Blob([Uint8Array.from(bytes)]), { headers }));
  },

  async drop(url) {
    await (await openCache()).delete(url);
  },
};

async function openCache(): Promise<Cache> {
  const { caches }: { readonly caches?: CacheStorage } = globalThis;
  if (caches === undefined) throw new Error('no Cache API here; pages have it over https and from localhost');
  return caches.open(cacheName);
}
