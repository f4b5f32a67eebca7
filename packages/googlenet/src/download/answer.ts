import { isError, messageOf, type StrataError } from '@strata/core';
import type { ReadContext } from '../host/read-context.js';
import { isSilence, withPatience } from './patience.js';
import { describeUrl, hasCredentials, isForeign } from './urls.js';

/** What the caller of `request` may send along, and what the browser's own HTTP cache does; Node has none. */
export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly cache?: 'default' | 'force-cache' | 'no-cache' | 'no-store' | 'reload';
}

/** The head of a server's answer, whatever its status. `context.Failure` when none comes. */
export async function request(url: string | URL, options: RequestOptions, context: ReadContext): Promise<Answer> {
  if (hasCredentials(url)) {
    const got = 'a name or password in the URL';
    const { Failure, want } = context;
    throw new Failure({ where: describeUrl(url), got, want, hint: 'they are not sent from there' });
  }
  const stop = new AbortController();
  const { headers = {}, cache = 'default' } = options;
  const signal = context.signal === undefined ? stop.signal : AbortSignal.any([context.signal, stop.signal]);
  try {
    const response = await withPatience(fetch(url, { headers, cache, signal }));
    return new Answer(response, url, context, stop);
  } catch (error) {
    stop.abort();
    context.signal?.throwIfAborted();
    const { Failure, want, offline: hint } = context;
    const got = `no answer (${reasonOf(error)})`;
    throw new Failure({ where: describeUrl(url), got, want, ...(hint === undefined ? {} : { hint }), cause: error });
  }
}

/** A server's answer, of which the body is still to come. */
export class Answer {
  readonly response: Response;
  readonly #url: string | URL;
  readonly #context: ReadContext;
  readonly #stop: AbortController;

  constructor(response: Response, url: string | URL, context: ReadContext, stop: AbortController) {
    this.response = response;
    this.#url = url;
    this.#context = context;
    this.#stop = stop;
  }

  /** Bytes of the body; `undefined` when the server does not say, as of a body that it compresses while it sends. */
  get length(): number | undefined {
    const { headers } = this.response;
    const length = headers.get('content-length');
    const isPlain = (headers.get('content-encoding') ?? 'identity') === 'identity';
    return length !== null && isPlain && /^\d+$/.test(length) ? Number(length) : undefined;
  }

  /** `context.Failure` with the status, unless it is one of success. */
  check(): void {
    const { ok, status, statusText } = this.response;
    if (ok) return;
    this.close();
    throw this.failure(`HTTP ${status} ${statusText}`.trim(), this.#context.hint);
  }

  /** The error that tells what was got in place of what was wanted. */
  failure(got: string, hint?: string, cause?: unknown, want = this.#context.want): StrataError {
    const { Failure } = this.#context;
    return new Failure({ where: describeUrl(this.#url), got, want, ...(hint === undefined ? {} : { hint }), cause });
  }

  /**
   * The body as it comes, `before` bytes of the file being here already. `context.Failure` when it ends early, or
   * nothing comes for `patience` seconds.
   */
  async *pieces(before = 0): AsyncGenerator<Uint8Array> {
    const reader = this.response.body?.getReader();
    const total = this.length === undefined ? undefined : before + this.length;
    let done = before;
    const progress = () => `after ${done}${total === undefined ? '' : ` of ${total}`} bytes`;
    try {
      while (reader !== undefined) {
        const piece = await this.#next(reader, progress);
        if (piece === undefined) break;
        done += piece.length;
        yield piece;
      }
    } finally {
      this.close();
    }
    // Another origin may hide that it compresses: then the length is of other bytes than these.
    if (total !== undefined && done < total && !isForeign(this.response.url)) {
      throw this.#interrupted(`a connection that ended ${progress()}`);
    }
  }

  /** Wants nothing more of it. */
  close(): void {
    this.#stop.abort();
  }

  async #next(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    progress: () => string,
  ): Promise<Uint8Array | undefined> {
    try {
      return (await withPatience(reader.read())).value;
    } catch (error) {
      this.#context.signal?.throwIfAborted();
      const got = isSilence(error) ? `${error.message} ${progress()}` : `a connection that ended ${progress()}`;
      throw this.#interrupted(got, error);
    }
  }

  #interrupted(got: string, cause?: unknown): StrataError {
    return this.failure(got, this.#context.retry ?? 'try again', cause, 'the whole file');
  }
}

/** What is at the bottom of an error. One that joins those of a host's several addresses has no text, but a code. */
export function reasonOf(error: unknown): string {
  if (!isError(error)) return messageOf(error);
  if (error.cause !== undefined) return reasonOf(error.cause);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
