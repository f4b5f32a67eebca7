import { joinBytes, littleEndian } from '@strata/trials/files';
import type { Draw } from './draw.js';
import { repeatBytes } from './repeat-bytes.js';

/** A file never grows beyond this: what is slow because it is large proves nothing. */
const mostBytes = 2 ** 21;

type Mutation = (bytes: Uint8Array, draw: Draw, others: readonly Uint8Array[]) => Uint8Array;

/** Changes a file in one to four places, in ways that damage, and attackers, have. */
export function mutate(bytes: Uint8Array, draw: Draw, others: readonly Uint8Array[]): Uint8Array {
  let mutated = bytes;
  for (let left = draw.one([1, 1, 2, 4]); left > 0; left--) {
    mutated = draw.one(mutations)(mutated, draw, others).subarray(0, mostBytes);
  }
  return mutated;
}

const mutations: readonly Mutation[] = [
  flipBits,
  setBytes,
  setLength,
  setVarint,
  (bytes, draw) => bytes.subarray(0, draw.below(bytes.length + 1)),
  cutOut,
  repeat,
  insert,
  splice,
  swap,
];

function flipBits(bytes: Uint8Array, draw: Draw): Uint8Array {
  return edited(bytes, (copy) => {
    for (let left = 1 + draw.below(8); left > 0; left--) copy[draw.below(copy.length)] ^= 1 << draw.below(8);
  });
}

function setBytes(bytes: Uint8Array, draw: Draw): Uint8Array {
  return edited(bytes, (copy) => copy.fill(draw.one([0, 1, 0x7f, 0x80, 0xff]), ...range(bytes, draw, 8)));
}

/** Writes an extreme number where one may stand, of any width and byte order. */
function setLength(bytes: Uint8Array, draw: Draw): Uint8Array {
  const width = draw.one([1, 2, 4, 8]);
  const limit = 2 ** (8 * width);
  const value = draw.one([
    0,
    1,
    2,
    bytes.length - 1,
    bytes.length,
    bytes.length + 1,
    limit / 2 - 1,
    limit / 2,
    limit - 1,
  ]);
  const number = littleEndian(width, value % limit);
  if (draw.once(4)) number.reverse();
  return overwrite(bytes, placeOfNumber(bytes, draw), number);
}

/** The same for the numbers of protobuf. */
function setVarint(bytes: Uint8Array, draw: Draw): Uint8Array {
  const long = new Uint8Array(1 + draw.below(10)).fill(0xff);
  long[long.length - 1] = draw.one([0, 1, 0x7f]);
  return overwrite(bytes, placeOfNumber(bytes, draw), long);
}

function cutOut(bytes: Uint8Array, draw: Draw): Uint8Array {
  const [start, end] = range(bytes, draw, draw.one([1, 4, 64, bytes.length]));
  return joinBytes(bytes.subarray(0, start), bytes.subarray(end));
}

function repeat(bytes: Uint8Array, draw: Draw): Uint8Array {
  const [start, end] = range(bytes, draw, draw.one([1, 4, 64, 1024]));
  const part = bytes.subarray(start, end);
  const times = Math.min(draw.one([2, 3, 100, 10_000, 1_000_000]), Math.floor(mostBytes / Math.max(1, part.length)));
  return joinBytes(bytes.subarray(0, start), repeatBytes(part, times), bytes.subarray(end));
}

function insert(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = draw.below(bytes.length + 1);
  return joinBytes(bytes.subarray(0, at), draw.bytes(1 + draw.below(16)), bytes.subarray(at));
}

/** The start of one file and the end of another. */
function splice(bytes: Uint8Array, draw: Draw, others: readonly Uint8Array[]): Uint8Array {
  const other = draw.one(others);
  return joinBytes(bytes.subarray(0, draw.below(bytes.length + 1)), other.subarray(draw.below(other.length + 1)));
}

function swap(bytes: Uint8Array, draw: Draw): Uint8Array {
  const [start, end] = range(bytes, draw, 64);
  const at = draw.below(bytes.length - (end - start) + 1);
  return edited(bytes, (copy) => {
    copy.copyWithin(start, at, at + end - start);
    copy.set(bytes.subarray(start, end), at);
  });
}

/** Headers are short and come first, directories of archives last. */
function placeOfNumber(bytes: Uint8Array, draw: Draw): number {
  const near = Math.min(bytes.length, draw.one([16, 256, bytes.length]));
  const at = draw.below(near);
  return draw.once(3) ? bytes.length - 1 - at : at;
}

function range(bytes: Uint8Array, draw: Draw, longest: number): [start: number, end: number] {
  const start = draw.below(bytes.length + 1);
  return [start, Math.min(bytes.length, start + 1 + draw.below(longest))];
}

function overwrite(bytes: Uint8Array, at: number, part: Uint8Array): Uint8Array {
  return edited(bytes, (copy) => {
    if (at >= 0) copy.set(part.subarray(0, Math.max(0, copy.length - at)), at);
  });
}

function edited(bytes: Uint8Array, edit: (copy: Uint8Array) => void): Uint8Array {
  const copy = bytes.slice();
  if (copy.length > 0) edit(copy);
  return copy;
}
