import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InputError } from '@strata/core';

/** Tells pictures that a network was trained on. */
export interface TrainedOn {
  /** Different pictures in the list. */
  readonly count: number;
  /** Whether a picture's 784 bytes were among them. */
  has(picture: Uint8Array): boolean;
}

/** Bytes kept of each SHA-256: enough that 60,000 pictures collide by chance once in 100,000 such lists. */
const keptBytes = 6;

/** The pictures that the shipped weights were trained on. */
export async function shippedTrainedOn(): Promise<TrainedOn> {
  const url = new URL('../../weights/trained-on.sha256-48', import.meta.url);
  return readTrainedOn(await readFile(url), 'trained-on.sha256-48');
}

/** Reads a list: the first six bytes of each picture's SHA-256, ascending, back to back. `InputError` when it is not. */
export function readTrainedOn(bytes: Uint8Array, where: string): TrainedOn {
  if (bytes.length % keptBytes !== 0) {
    throw new InputError({ where, got: `${bytes.length} bytes`, want: `a multiple of ${keptBytes}` });
  }
  const count = bytes.length / keptBytes;
  const hashes = Float64Array.from({ length: count }, (_, index) => readHash(bytes, index * keptBytes));
  if (hashes.some((hash, index) => index > 0 && hash <= hashes[index - 1])) {
    throw new InputError({ where, got: 'hashes out of order', want: 'ascending ones' });
  }
  return { count, has: (picture) => includes(hashes, readHash(createHash('sha256').update(picture).digest(), 0)) };
}

/** 48 bits, which a float64 holds exactly. */
function readHash(bytes: Uint8Array, offset: number): number {
  return bytes.subarray(offset, offset + keptBytes).reduce((value, byte) => value * 256 + byte, 0);
}

function includes(sorted: Float64Array, wanted: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}
