import type { Shape } from '@strata/core';
import { readHeader, readShape } from './parse-npy.js';

/** An array of a `.npy` file, as its header has it. */
export interface NpyDescription {
  readonly shape: Shape;
  /** `'float32'`; as the file spells it (`'>f4'`) where it is big-endian, structured or no number. */
  readonly dtype: string;
  /** Bytes of data that the file has. */
  readonly byteLength: number;
}

const kinds = new Map([
  ['f', 'float'],
  ['i', 'int'],
  ['u', 'uint'],
  ['c', 'complex'],
]);

/**
 * What array the bytes of a `.npy` file hold, of any type and order, without reading it. `where` names the file in messages.
 * `InputError` for another file, and for a header that cannot be understood.
 */
export function describeNpy(bytes: Uint8Array, where = '.npy file'): NpyDescription {
  const { header, dataStart } = readHeader(bytes, where);
  const type = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1] ?? 'structured';
  return { shape: readShape(header, where), dtype: nameOf(type), byteLength: bytes.length - dataStart };
}

function nameOf(type: string): string {
  const [, kind = '', size = ''] = /^[<|=]?([a-z])(\d+)$/.exec(type) ?? [];
  if (kind === 'b' && size === '1') return 'bool';
  const name = kinds.get(kind);
  return name === undefined ? type : `${name}${8 * Number(size)}`;
}
