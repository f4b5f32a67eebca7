import { viewOf } from '../identify/bytes.js';

/** A file in a zip archive, as the central directory has it. All numbers are claims. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  /** In bytes, in the archive and unpacked. */
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its own header stands, in bytes from the start of the archive. */
  readonly headerAt: number;
}

/** Bytes of the records, without what varies. */
const endBytes = 22;
const end64Bytes = 56;
const locatorBytes = 20;
const entryBytes = 46;

/** What a 32-bit number holds where an extra field has the number itself, in 64 bits. */
const elsewhere = 0xffff_ffff;

/** The first `most` entries of the central directory; `undefined` where there is none that can be read. */
export function listEntries(bytes: Uint8Array, most: number): ZipEntry[] | undefined {
  const directory = findDirectory(bytes);
  if (directory === undefined) return undefined;
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  let at = directory.start;
  while (entries.length < most && at + entryBytes <= directory.end && view.getUint32(at, true) === 0x02014b50) {
    const nameBytes = view.getUint16(at + 28, true);
    const extraAt = at + entryBytes + nameBytes;
    const extraEnd = extraAt + view.getUint16(at + 30, true);
    if (extraAt > directory.end) return undefined;
    entries.push({
      name: nameAt(bytes, at + entryBytes, nameBytes),
      method: view.getUint16(at + 10, true),
      encrypted: view.getUint16(at + 8, true) % 2 === 1,
      ...readPlace(view, at, { start: extraAt, end: Math.min(extraEnd, directory.end) }),
    });
    at = extraEnd + view.getUint16(at + 32, true);
  }
  return entries;
}

type Range = { readonly start: number; readonly end: number };

/** Sizes and place of an entry: in its record, or in 64 bits in the extra field 1, in this order. */
function readPlace(view: DataView, at: number, extra: Range): Pick<ZipEntry, 'packedBytes' | 'bytes' | 'headerAt'> {
  let next = findWide(view, extra);
  const read = (offset: number) => {
    const narrow = view.getUint32(at + offset, true);
    if (narrow !== elsewhere || next.start + 8 > next.end) return narrow;
    const wide = Number(view.getBigUint64(next.start, true));
    next = { start: next.start + 8, end: next.end };
    return wide;
  };
  const bytes = read(24);
  const packedBytes = read(20);
  return { bytes, packedBytes, headerAt: read(42) };
}

/** The content of the extra field of 64-bit numbers; empty where there is none. */
function findWide(view: DataView, { start, end }: Range): Range {
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1)
      return { start: at + 4, end: Math.min(end, at + 4 + view.getUint16(at + 2, true)) };
  }
  return { start: end, end };
}

/** Where the central directory lies, within the file. */
function findDirectory(bytes: Uint8Array): Range | undefined {
  const view = viewOf(bytes);
  // A comment of at most 65,535 bytes may follow the last record.
  const earliest = Math.max(0, bytes.length - endBytes - 0xffff);
  for (let end = bytes.length - endBytes; end >= earliest; end--) {
    if (view.getUint32(end, true) !== 0x06054b50) continue;
    const start = view.getUint32(end + 16, true);
    const found = start === elsewhere ? findStart64(view, end) : start;
    if (found === undefined || found > end) continue;
    if (found === end || view.getUint32(found, true) === 0x02014b50) return { start: found, end };
  }
  return undefined;
}

/** The same of a file with 64-bit sizes. */
function findStart64(view: DataView, end: number): number | undefined {
  const locator = end - locatorBytes;
  if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50) return undefined;
  const record = Number(view.getBigUint64(locator + 8, true));
  if (record + end64Bytes > locator || view.getUint32(record, true) !== 0x06064b50) return undefined;
  return Number(view.getBigUint64(record + 48, true));
}

export function nameAt(bytes: Uint8Array, start: number, length: number): string {
  // A copy: browsers do not decode shared memory.
  return new TextDecoder().decode(bytes.slice(start, start + length));
}
