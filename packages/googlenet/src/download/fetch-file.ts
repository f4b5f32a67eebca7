import { readFile, rename } from 'node:fs/promises';
import { InputError } from '@strata/core';
import { type FileFormat, identify, wayOut } from '@strata/formats/identify';
import { type Answer, request } from './answer.js';
import { checksumOfFile, type Digest, digestNames, isPublished } from './checksum.js';
import { askForRest, cannotWrite, Part } from './part.js';
import { isSame } from './stamp.js';
import { describeUrl } from './urls.js';

/** A file as somebody published it. */
export interface PublishedFile {
  readonly url: URL;
  /** How messages name it. */
  readonly name: string;
  readonly digest: Digest;
  /** Whether it could be of that format: then a wrong one is damaged, and not another file. */
  readonly couldBe: (format: FileFormat) => boolean;
}

/** How `fetchFile` is told and stopped. */
export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  /** What to do where no server answers. */
  readonly offline: string;
  /** Bytes here so far, those of an earlier attempt included, and in all, where the server says. */
  onProgress?(done: number, total: number | undefined): void;
}

/**
 * Brings a published file to a path, unless it is there. What an earlier attempt left as `*.part` is continued, if the
 * server can, and its file is still the same; the file gets its name when its checksum fits. `InputError` when it cannot be
 * fetched or kept, or is another. Returns whether a server was asked.
 */
export async function fetchFile(file: PublishedFile, path: string, options: FetchOptions): Promise<boolean> {
  const { digest } = file;
  options.signal?.throwIfAborted();
  if (await isPublished(path, digest)) return false;
  const part = new Part(`${path}.part`);
  const asked = await fetchPart(file, part, options);
  const found = await checksumOfFile(part.path, digest.algorithm);
  // Another process that fetched the same may have given it its name already, even just now.
  const naming = found === digest.hex ? rename(part.path, path) : undefined;
  const failure = await naming?.catch((error: unknown) => error);
  if (await isPublished(path, digest)) {
    await part.forget();
    return asked;
  }
  if (failure !== undefined) throw cannotWrite(path, failure);
  const other = await findOtherFile(part.path, file);
  await part.remove();
  throw new InputError({
    where: describeUrl(file.url),
    got: other?.name ?? `${digestNames[digest.algorithm]} ${found}`,
    want: other === undefined ? digest.hex : file.name,
    hint: other?.hint ?? 'the download was damaged, or the file has changed; try again',
  });
}

/** Brings a part to its full length, from where it ends. Returns whether a server was asked. */
async function fetchPart(file: PublishedFile, part: Part, options: FetchOptions): Promise<boolean> {
  const { signal, offline, onProgress } = options;
  const had = await part.size();
  if (had > 0 && (await isPublished(part.path, file.digest))) return false;
  const stamp = await part.stamp();
  const answer = await request(
    file.url,
    { headers: { 'accept-encoding': 'identity', ...askForRest(had, stamp) } },
    { Failure: InputError, want: file.name, retry: 'try again: it continues where it stopped', offline, signal },
  );
  const { status, headers } = answer.response;
  const isOther = status === 206 && stamp !== undefined && headers.has('etag') && !isSame(stamp, headers);
  if (had > 0 && (status === 416 || isOther)) {
    // The server has no byte after those here, and they are not the file, or it has another file now: begin again.
    answer.close();
    await part.remove();
    return fetchPart(file, part, options);
  }
  answer.check();
  const start = status === 206 ? startOf(answer, had) : 0;
  const total = answer.length === undefined ? undefined : start + answer.length;
  // What the server cannot continue is no beginning of it. A page in its place is told before that is thrown away.
  const pieces = start > 0 ? answer.pieces(start) : await withoutPage(answer);
  if (start < had) await part.remove();
  if (start === 0) await part.note(answer.response);
  await part.write(start, pieces, (done) => onProgress?.(done, total));
  return true;
}

/** The body, unless it is a page, as a server that wants a sign-in sends. */
async function withoutPage(answer: Answer): Promise<AsyncIterable<Uint8Array>> {
  const pieces = answer.pieces();
  const first = await pieces.next();
  if (first.done === true) return pieces;
  const found = identify(first.value);
  if (found.format === 'html') {
    answer.close();
    throw answer.failure(found.name, wayOut(found));
  }
  return after(first.value, pieces);
}

async function* after(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** What a server sent in the file's place; `undefined` where it is a damaged one. */
async function findOtherFile(
  path: string,
  { couldBe }: PublishedFile,
): Promise<{ readonly name: string; readonly hint: string | undefined } | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  const found = bytes === undefined ? undefined : identify(bytes);
  if (found === undefined || couldBe(found.format) || found.format === 'unknown') return undefined;
  return { name: found.name, hint: wayOut(found) };
}

/** Where the server's part begins; it must be where ours ends. */
function startOf(answer: Answer, had: number): number {
  const range = answer.response.headers.get('content-range') ?? '';
  if (range.startsWith(`bytes ${had}-`)) return had;
  answer.close();
  throw answer.failure(`content-range '${range}'`, undefined, undefined, `bytes from ${had}`);
}
