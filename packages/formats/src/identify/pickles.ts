import { indexOfBytes } from './bytes.js';
import type { FileFormat } from './formats.js';

/** The number with which torch's old format begins, 0x1950a86a20f9469cfc6c, as a pickle stores it. */
const torchNumber = Uint8Array.of(0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);

/** What may follow a pickle's protocol: a frame, a container, a global, a text, a number. */
const firstCodes = new Set([...'\x95}]()cXKMJGNUB\x8a\x8c\x88\x89'].map((code) => code.charCodeAt(0)));

/** A pickle of protocol 2 to 5, torch's own among them. */
export function findPickle(bytes: Uint8Array): FileFormat | undefined {
  if (bytes[0] !== 0x80 || bytes.length < 3 || bytes[1] < 2 || bytes[1] > 5) return undefined;
  if (indexOfBytes(bytes.subarray(0, 32), torchNumber) !== -1) return 'pytorch-legacy';
  return firstCodes.has(bytes[2]) ? 'pickle' : undefined;
}
