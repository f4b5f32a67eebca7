import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { openSafetensors, writeSafetensors } from '@strata/formats/safetensors';

const samples = createRequire(import.meta.url).resolve('@strata/googlenet/samples/ankle-boot.jpg');

/** The weights that the googlenet package ships. */
export function shippedWeights(): Buffer {
  return readFileSync(new URL('../weights/seed-fashion-mnist.safetensors', pathToFileURL(samples)));
}

/** The same file with its header's text rewritten, and its data kept. */
export function rewriteHeader(file: Buffer, rewrite: (header: string) => string): Buffer {
  const length = Number(file.readBigUInt64LE());
  const header = Buffer.from(rewrite(file.toString('utf8', 8, 8 + length)));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([size, header, file.subarray(8 + length)]);
}

/** The same file without the tensors whose names begin with `prefix`. */
export function withoutTensors(file: Buffer, prefix: string): Uint8Array {
  const { metadata, tensors } = openSafetensors(file);
  const kept = [...tensors].filter(([name]) => !name.startsWith(prefix));
  return writeSafetensors(Object.fromEntries(kept.map(([name, tensor]) => [name, tensor.read()])), { metadata });
}
