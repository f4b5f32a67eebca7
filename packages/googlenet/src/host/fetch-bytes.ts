import { request } from '../download/answer.js';
import { collect } from '../download/collect.js';
import type { ReadContext } from './read-context.js';

/** The body at a URL. `context.Failure` for an HTTP error, a server that does not answer or stops, or an empty body. */
export async function fetchBytes(url: string | URL, context: ReadContext): Promise<Uint8Array> {
  return collect(await request(url, {}, context), {});
}
