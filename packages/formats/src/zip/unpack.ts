import { messageOf, WeightsError } from '@strata/core';
import { Inflate } from 'fflate';
import { viewOf } from '../identify/bytes.js';
import { quoteName } from '../quote-name.js';
import type { ZipEntry } from './entries.js';

const headerBytes = 30;

/** So many packed bytes at once: unpacked they are at most 4 MiB, so that a bomb is noticed early. */
const stepBytes = 4096;

const damaged = 'the file is damaged: get it again';

/**
 * How many bytes of a file of `fileBytes` may be unpacked into one piece. Weights hardly shrink when they are packed,
 * zeros shrink to a thousandth: what grows by more is a trap, or could as well be.
 */
export function mostUnpacked(fileBytes: number): number {
  return fileBytes + 2 ** 24;
}

/** Checks what an entry claims without unpacking it, and returns where its packed bytes lie. `WeightsError` else. */
export function checkEntry(archive: Uint8Array, entry: ZipEntry, where: string): Uint8Array {
  const at = `${where}: entry ${quoteName(entry.name)}`;
  const { method, encrypted, packedBytes, bytes, headerAt } = entry;
  if (encrypted) throw new WeightsError({ where: at, got: 'encrypted', want: 'plain' });
  if (method !== 0 && method !== 8) {
    throw new WeightsError({ where: at, got: `packed by method ${method}`, want: 'stored or deflated' });
  }
  const view = viewOf(archive);
  if (headerAt + headerBytes > archive.length || view.getUint32(headerAt, true) !== 0x04034b50) {
    throw new WeightsError({ where: at, got: `no entry at byte ${headerAt}`, hint: damaged });
  }
  const start = headerAt + headerBytes + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true);
  const room = Math.max(0, archive.length - start);
  if (packedBytes > room) {
    throw new WeightsError({ where: at, got: `${room} bytes`, want: `${packedBytes}`, hint: damaged });
  }
  if (method === 0 && packedBytes !== bytes) {
    throw new WeightsError({ where: at, got: `${packedBytes} stored bytes`, want: `${bytes}`, hint: damaged });
  }
  if (bytes > mostUnpacked(archive.length)) {
    throw new WeightsError({
      where: at,
      got: `${bytes} bytes, packed into ${packedBytes}`,
      want: `at most ${mostUnpacked(archive.length)}`,
      hint: 'it may be a trap; if it is none, unpack the archive and pack it anew without compression (zip -0 -r)',
    });
  }
  return archive.subarray(start, start + packedBytes);
}

/** The bytes of an entry: a view of the archive where it is stored. `WeightsError` for false claims. */
export function unpackEntry(archive: Uint8Array, entry: ZipEntry, where: string): Uint8Array {
  const packed = checkEntry(archive, entry, where);
  return entry.method === 0 ? packed : inflate(packed, entry.bytes, `${where}: entry ${quoteName(entry.name)}`);
}

/** Inflates to exactly `length` bytes, and stops as soon as there are more. */
function inflate(packed: Uint8Array, length: number, where: string): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  const wrong = (got: string, cause?: unknown) =>
    new WeightsError({ where, got, want: `${length} bytes`, hint: damaged, ...(cause === undefined ? {} : { cause }) });
  const inflater = new Inflate((chunk) => {
    if (filled + chunk.length > length) throw wrong('more when unpacked');
    bytes.set(chunk, filled);
    filled += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length; at += stepBytes) {
      inflater.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.length);
    }
  } catch (thrown) {
    throw thrown instanceof WeightsError ? thrown : wrong(`cannot be unpacked: ${messageOf(thrown)}`, thrown);
  }
  if (filled !== length) throw wrong(`${filled} when unpacked`);
  return bytes;
}
