import { messageOf } from '@strata/core';
import type { ReadContext } from './types.js';

/** Whether the text is a URL rather than a path. One letter before the colon is a Windows drive. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(text);
}

/** The body at a URL. `context.Failure` for an HTTP error, an unreachable host or an empty body. */
export async function fetchBytes(url: string | URL, { Failure, want, signal }: ReadContext): Promise<Uint8Array> {
  const where = describeUrl(url);
  let body: ArrayBuffer;
  try {
    const response = await fetch(url, signal === undefined ? {} : { signal });
    if (!response.ok) {
      throw new Failure({ where, got: `HTTP ${response.status} ${response.statusText}`.trim(), want });
    }
    body = await response.arrayBuffer();
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Failure) throw error;
    const reason = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
    throw new Failure({ where, got: `no answer (${reason})`, want, cause: error });
  }
  if (body.byteLength === 0) throw new Failure({ where, got: 'an empty file', want });
  return new Uint8Array(body);
}

/** A data URL can be megabytes long: its start is enough to know it by. */
function describeUrl(url: string | URL): string {
  const text = String(url);
  return text.length > 200 ? `${text.slice(0, 60)}…` : text;
}
