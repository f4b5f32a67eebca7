import { isForeign as isForeignUrl } from './urls.js';

/** What a server said of a file that is kept: by this it is known whether the file is still the server's. */
export interface Stamp {
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Whether another origin than the page's gave it, which lets a page neither see all headers nor send conditions. */
  readonly isForeign: boolean;
  /** Until when the server said that it would not change, in milliseconds since 1970; 0 where it did not. */
  readonly freshUntil: number;
}

/** `undefined` where the server wants nothing kept. */
export function readStamp({ headers, url }: Response, now = Date.now()): Stamp | undefined {
  const isForeign = isForeignUrl(url);
  const control = (headers.get('cache-control') ?? '').toLowerCase();
  if (/\bno-store\b/.test(control)) return undefined;
  // Another origin may hide how long its answer has been under way; the browser's own cache knows.
  const age = /\bno-cache\b/.test(control) || isForeign ? undefined : /\bmax-age=(\d+)/.exec(control)?.[1];
  const freshUntil = age === undefined ? 0 : now + 1000 * (Number(age) - Number(headers.get('age') ?? 0));
  return { etag: headers.get('etag'), lastModified: headers.get('last-modified'), isForeign, freshUntil };
}

/** Whether a copy with this stamp can be used another time without asking for all of it. */
export function isReusable({ etag, lastModified, freshUntil }: Stamp, now = Date.now()): boolean {
  return etag !== null || lastModified !== null || freshUntil > now;
}

/** The headers that ask for the file only if it is another. */
export function conditionsOf({ etag, lastModified, isForeign }: Stamp): Readonly<Record<string, string>> {
  // A browser asks another server first whether it may send them: few say yes.
  if (isForeign) return {};
  if (etag !== null) return { 'if-none-match': etag };
  return lastModified === null ? {} : { 'if-modified-since': lastModified };
}

/** Whether an answer that may have a body is of the file that the stamp is of. */
export function isSame({ etag, lastModified }: Stamp, headers: Headers): boolean {
  const bare = (tag: string | null) => tag?.replace(/^W\//, '');
  if (etag !== null) return bare(etag) === bare(headers.get('etag'));
  return lastModified !== null && headers.get('etag') === null && headers.get('last-modified') === lastModified;
}

/** A stamp among the members of a text that was kept as JSON; `undefined` where there is none. */
export function parseStamp(text: string): (Stamp & Readonly<Record<string, unknown>>) | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isStamp(value) ? value : undefined;
}

function isStamp(value: unknown): value is Stamp & Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const { etag, lastModified, isForeign, freshUntil } = { ...emptyStamp, ...value };
  return (
    isTextOrNull(etag) && isTextOrNull(lastModified) && typeof isForeign === 'boolean' && typeof freshUntil === 'number'
  );
}

const emptyStamp: Readonly<Record<keyof Stamp, unknown>> = {
  etag: undefined,
  lastModified: undefined,
  isForeign: undefined,
  freshUntil: undefined,
};

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}
