import type { BinaryReader } from '@bufbuild/protobuf/wire';

/**
 * A varint: a whole number in groups of 7 bits, the lowest first, each but the last with its highest bit set. Most have
 * one to three, and are read without the detour over 64-bit numbers, of which there may be a million.
 */
export function shortVarint(bytes: Uint8Array, start: number): number | undefined {
  let value = 0;
  for (let length = 0; length < 3; length++) {
    const byte = bytes[start + length];
    value |= (byte & 0x7f) << (7 * length);
    if (byte < 0x80) return value;
  }
  return undefined;
}

/** The next varint of a reader of these bytes, rounded beyond 2⁵³. */
export function readVarint(reader: BinaryReader, bytes: Uint8Array): number {
  const value = shortVarint(bytes, reader.pos);
  if (value === undefined) return Number(reader.int64());
  reader.pos += varintLength(bytes, reader.pos);
  return value;
}

/** How many bytes it has; one more than there are where the bytes end in it. */
export function varintLength(bytes: Uint8Array, start: number): number {
  let length = 1;
  while (bytes[start + length - 1] >= 0x80) length++;
  return length;
}
