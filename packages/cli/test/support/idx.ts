import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a test split of `count` pictures of noise, all of class `label`, as official files. */
export function writeFashionMnist(folder: string, count: number, label: number): void {
  const pixels = Buffer.from(Uint8Array.from({ length: count * 28 * 28 }, (_, index) => (index * 7919) % 251));
  writeFileSync(join(folder, 't10k-images-idx3-ubyte'), Buffer.concat([idxHeader(count, 28, 28), pixels]));
  writeFileSync(join(folder, 't10k-labels-idx1-ubyte'), Buffer.concat([idxHeader(count), Buffer.alloc(count, label)]));
}

/** Magic, type (unsigned byte), number of sizes, sizes; big-endian. */
function idxHeader(...sizes: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x0800 + sizes.length);
  for (const [axis, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * axis);
  return header;
}
