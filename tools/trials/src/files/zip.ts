import { joinBytes, littleEndian } from './bytes.js';

/** Options of `zipOf`. */
export interface ZipOptions {
  /** 64-bit records, and no sizes before the data, as PyTorch writes them. */
  readonly wide?: boolean;
  /** Sizes and places of the entries in 64 bits, too. */
  readonly wideEntries?: boolean;
  readonly comment?: string;
  /** Packs a content as raw DEFLATE; by default all are stored. */
  readonly deflate?: (content: Uint8Array) => Uint8Array;
  /** The data of each entry start at a multiple of so many bytes. */
  readonly alignment?: number;
}

/** A zip archive of files by name; a name may come twice. Checksums are 0. */
export function zipOf(
  files: Iterable<readonly [name: string, content: string | Uint8Array]>,
  { wide = false, wideEntries = false, comment = '', deflate, alignment = 1 }: ZipOptions = {},
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  const method = deflate === undefined ? 0 : 8;
  let at = 0;
  let count = 0;
  for (const [name, given] of files) {
    const content = joinBytes(given);
    const packed = deflate === undefined ? content : deflate(content);
    const [packedBytes, bytes] = [packed.length, content.length];
    const title = joinBytes(name);
    const padding = (alignment - ((at + 30 + title.length) % alignment)) % alignment;
    const local = joinBytes(
      numbers('PK\x03\x04', [2, 20], [2, wide ? 8 : 0], [2, method], [4, 0], [4, 0]),
      numbers('', [4, wide ? 0 : packedBytes], [4, wide ? 0 : bytes], [2, title.length], [2, padding]),
      title,
      new Uint8Array(padding),
      packed,
    );
    const extra = wideEntries ? numbers('', [2, 1], [2, 24], [8, bytes], [8, packedBytes], [8, at]) : new Uint8Array(0);
    const narrow = (value: number) => (wideEntries ? 0xffff_ffff : value);
    directory.push(
      numbers('PK\x01\x02', [2, 20], [2, 20], [2, 0], [2, method], [4, 0], [4, 0], [4, narrow(packedBytes)]),
      numbers('', [4, narrow(bytes)], [2, title.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0]),
      numbers('', [4, narrow(at)]),
      title,
      extra,
    );
    parts.push(local);
    at += local.length;
    count++;
  }
  const list = joinBytes(...directory);
  const wideEnd = joinBytes(
    numbers('PK\x06\x06', [8, 44], [2, 20], [2, 20], [4, 0], [4, 0], [8, count], [8, count], [8, list.length], [8, at]),
    numbers('PK\x06\x07', [4, 0], [8, at + list.length], [4, 1]),
  );
  const narrow = (value: number, bytes: number) => (wide ? 2 ** (8 * bytes) - 1 : value);
  return joinBytes(
    ...parts,
    list,
    wide ? wideEnd : '',
    numbers('PK\x05\x06', [2, 0], [2, 0], [2, narrow(count, 2)], [2, narrow(count, 2)]),
    numbers('', [4, narrow(list.length, 4)], [4, narrow(at, 4)], [2, comment.length]),
    comment,
  );
}

/** A text, then numbers of so many bytes each. */
function numbers(start: string, ...values: readonly (readonly [bytes: number, value: number])[]): Uint8Array {
  return joinBytes(start, ...values.map(([bytes, value]) => littleEndian(bytes, value)));
}
