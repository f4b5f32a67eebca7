import { InputError, type Shape } from '@strata/core';
import { identify, wayOut } from '@strata/formats/identify';

/** An array of bytes from an IDX file. */
export interface IdxArray {
  readonly shape: Shape;
  readonly data: Uint8Array;
}

/** The type code of unsigned bytes, the only one that Fashion-MNIST has. */
const unsignedByte = 0x08;

/**
 * Reads an IDX file of unsigned bytes: two zeros, type, number of axes, a big-endian 32-bit size for each, the values.
 * Format: LeCun, Cortes, Burges, "The MNIST database". `InputError` unless type, sizes and length agree.
 */
export function readIdx(bytes: Uint8Array, where: string): IdxArray {
  const fail = (got: string, want: string) =>
    new InputError({ where, got, want, hint: 'the file is no whole IDX file' });
  const found = identify(bytes);
  if (found.format !== 'idx' && found.format !== 'unknown') {
    const hint = wayOut(found);
    throw new InputError({ where, got: found.name, want: 'an IDX file', ...(hint === undefined ? {} : { hint }) });
  }
  if (bytes.length < 4) throw fail(`${bytes.length} bytes`, 'at least 4');
  const [zero, alsoZero, type, rank] = bytes;
  if (zero !== 0 || alsoZero !== 0) {
    throw fail(`a start of ${hex(bytes.subarray(0, 4))}`, 'two zero bytes, a type and a number of axes');
  }
  if (type !== unsignedByte) throw fail(`values of type 0x${hex([type])}`, 'unsigned bytes (0x08)');
  if (rank < 1) throw fail('no axes', 'at least one');
  const start = 4 + 4 * rank;
  if (bytes.length < start) throw fail(`${bytes.length} bytes`, `${start} for a header of ${rank} axes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, size) => product * size, 1);
  if (bytes.length - start !== count) {
    throw fail(`${bytes.length - start} values`, `${count} for its sizes [${shape.join(',')}]`);
  }
  return { shape, data: bytes.subarray(start) };
}

function hex(bytes: Iterable<number>): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
