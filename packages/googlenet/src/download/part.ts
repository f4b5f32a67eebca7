import { constants } from 'node:fs';
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { InputError } from '@strata/core';
import { describeWriteError } from '../host/file-error.js';
import { parseStamp, readStamp, type Stamp } from './stamp.js';

/** A file that is not whole yet, and beside it, `.json`, which file of the server it is the beginning of, if that said so. */
export class Part {
  readonly path: string;
  readonly #note: string;

  constructor(path: string) {
    this.path = path;
    this.#note = `${path}.json`;
  }

  /** Bytes that are here. */
  async size(): Promise<number> {
    return stat(this.path).then(
      ({ size }) => size,
      () => 0,
    );
  }

  async stamp(): Promise<Stamp | undefined> {
    return parseStamp(await readFile(this.#note, 'utf8').catch(() => ''));
  }

  /** Says that what will be written from the start is the server's file of that answer. */
  async note(response: Response): Promise<void> {
    await this.forget();
    const stamp = readStamp(response);
    if (stamp === undefined || validatorOf(stamp) === undefined) return;
    await writing(this.#note, () => writeFile(this.#note, JSON.stringify(stamp)));
  }

  /** Writes from that byte on. Each byte has its own place: two processes that fetch the same file write the same. */
  async write(start: number, pieces: AsyncIterable<Uint8Array>, onProgress: (done: number) => void): Promise<void> {
    const handle = await writing(this.path, () => open(this.path, constants.O_WRONLY | constants.O_CREAT));
    let done = start;
    try {
      for await (const piece of pieces) {
        // A disk that is almost full takes a part of it.
        for (let rest = piece; rest.length > 0; ) {
          const { bytesWritten } = await writing(this.path, () => handle.write(rest, 0, rest.length, done));
          rest = rest.subarray(bytesWritten);
          done += bytesWritten;
        }
        onProgress(done);
      }
    } finally {
      await handle.close();
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
    await this.forget();
  }

  /** What is said of it is of no use once it is whole. */
  async forget(): Promise<void> {
    await rm(this.#note, { force: true });
  }
}

/** The headers that ask for what follows those bytes, if the file is still the same. */
export function askForRest(had: number, stamp: Stamp | undefined): Readonly<Record<string, string>> {
  if (had === 0) return {};
  const condition = stamp === undefined ? undefined : validatorOf(stamp);
  return { range: `bytes=${had}-`, ...(condition === undefined ? {} : { 'if-range': condition }) };
}

/** A weak tag says nothing of single bytes. */
function validatorOf({ etag, lastModified }: Stamp): string | undefined {
  return (etag?.startsWith('W/') === true ? undefined : etag) ?? lastModified ?? undefined;
}

/** Does what writes at that path. `InputError` says why it cannot. */
export async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** `InputError` for what could not be written. */
export function cannotWrite(path: string, cause: unknown): InputError {
  const hint = 'name another folder, or make room';
  return new InputError({ where: path, got: describeWriteError(cause), want: 'a file to write', hint, cause });
}
