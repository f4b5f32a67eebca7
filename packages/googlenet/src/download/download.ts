import { messageOf } from '@strata/core';
import { type Answer, type RequestOptions, reasonOf, request } from './answer.js';
import { collect } from './collect.js';
import { conditionsOf, isReusable, isSame, readStamp } from './stamp.js';
import type { Kept, Store } from './store.js';
import type { DownloadContext, DownloadReport } from './types.js';
import { describeUrl } from './urls.js';

/** What was made of the bytes, and where they came from. */
export interface Downloaded<T> {
  readonly value: T;
  readonly download: DownloadReport;
}

/**
 * What `open` makes of the bytes at a URL, downloaded or from the cache as `context.cache` says. Only what `open` accepts
 * is kept, and a copy that it does not accept is damaged: it is downloaded anew. A cache that does not work stops nothing;
 * the report tells. `context.Failure` when there is no copy and the server does not answer, and whenever it answers with an
 * error, stops, or sends what cannot be opened.
 */
export async function download<T>(
  url: string,
  store: Store,
  context: DownloadContext,
  open: (bytes: Uint8Array) => T | Promise<T>,
): Promise<Downloaded<T>> {
  const { cache = 'default', signal } = context;
  const trouble: string[] = [];
  const copy = cache === 'default' || cache === 'force-cache' ? await findCopy(url, store, open, trouble) : undefined;
  signal?.throwIfAborted();
  const fromCopy = ({ value, bytes }: Opened<T>) => ({ value, download: report(url, 'cache', bytes, true, trouble) });
  if (copy !== undefined && (cache === 'force-cache' || copy.stamp.freshUntil > Date.now())) return fromCopy(copy);

  let answer: Answer;
  try {
    answer = await request(
      url,
      copy === undefined ? { cache, headers: store.headers } : askAgain(copy, store),
      context,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (copy === undefined) throw error;
    trouble.push(`not known to be current, for the server does not answer: ${reasonOf(error)}`);
    return fromCopy(copy);
  }
  const { status, ok, headers } = answer.response;
  if (copy !== undefined && (status === 304 || (ok && isSame(copy.stamp, headers)))) {
    answer.close();
    return fromCopy(copy);
  }
  const bytes = await collect(answer, context);
  const value = await open(bytes);
  const stamp = cache === 'no-store' ? undefined : readStamp(answer.response);
  const isKept = stamp !== undefined && (isReusable(stamp) || cache === 'force-cache');
  const works =
    cache === 'no-store' ||
    (await attempt(trouble, 'not kept', () => (isKept ? store.keep(url, { bytes, stamp }) : store.drop(url))));
  signal?.throwIfAborted();
  return { value, download: report(url, 'server', bytes, isKept && works, trouble) };
}

/** `no-cache`: of another origin, the browser's own cache has the tag that a page may not see, and asks with it. */
function askAgain({ stamp }: Kept, { headers }: Store): RequestOptions {
  return { headers: { ...headers, ...conditionsOf(stamp) }, cache: 'no-cache' };
}

type Opened<T> = Kept & { readonly value: T };

async function findCopy<T>(
  url: string,
  store: Store,
  open: (bytes: Uint8Array) => T | Promise<T>,
  trouble: string[],
): Promise<Opened<T> | undefined> {
  let found: Kept | undefined;
  await attempt(trouble, 'not looked for in the cache', async () => {
    found = await store.find(url);
  });
  if (found === undefined) return undefined;
  try {
    return { ...found, value: await open(found.bytes) };
  } catch {
    // Damaged. What is downloaded in its place takes its place in the cache, too.
    return undefined;
  }
}

/** Whether it worked; if not, `trouble` gets the reason. */
async function attempt(trouble: string[], what: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    trouble.push(`${what}: ${messageOf(error)}`);
    return false;
  }
}

function report(
  url: string,
  from: DownloadReport['from'],
  { length: bytes }: Uint8Array,
  kept: boolean,
  trouble: readonly string[],
): DownloadReport {
  // What hinders looking hinders keeping: the last says it best.
  const last = trouble.at(-1);
  return { url: describeUrl(url), from, bytes, kept, ...(last === undefined ? {} : { trouble: last }) };
}
