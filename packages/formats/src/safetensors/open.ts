import { countElements, describeValue, UnsupportedError, viewBytes, WeightsError } from '@strata/core';
import { decodeFloats, type FloatType } from '../decode-floats.js';
import { quoteName } from '../quote-name.js';
import type { StoredTensor } from '../stored-tensor.js';
import type { SafetensorsDType } from './element-types.js';
import { type HeaderEntry, readHeader } from './header.js';

/** A safetensors file whose header was read and checked. */
export interface SafetensorsFile {
  /** The header's `__metadata__`; empty when it has none. */
  readonly metadata: Readonly<Record<string, string>>;
  /** By name, in the header's order (names that are whole numbers first). */
  readonly tensors: ReadonlyMap<string, StoredTensor<SafetensorsDType>>;
}

/**
 * Opens the bytes of a safetensors file. `where` names the file in messages. Values are decoded when read, and are not
 * judged here: `bindWeights` refuses NaN. Throws `WeightsError` for what is neither a buffer nor a view, and when the
 * header is damaged, repeats a name, or disagrees with itself or with the length of the file.
 *
 * Format: https://github.com/huggingface/safetensors#format
 */
export function openSafetensors(given: ArrayBufferLike | ArrayBufferView, where = 'safetensors file'): SafetensorsFile {
  const bytes = viewBytes(given);
  if (bytes === undefined) {
    throw new WeightsError({ where, got: describeValue(given), want: 'the bytes of a safetensors file' });
  }
  const { metadata, entries, dataStart } = readHeader(bytes, where);
  const tensors = entries.map((entry): [string, StoredTensor<SafetensorsDType>] => {
    const { name, dtype, shape } = entry;
    const data = bytes.subarray(dataStart + entry.begin, dataStart + entry.end);
    return [
      name,
      {
        dtype,
        shape,
        byteLength: data.byteLength,
        read: () => ({ shape, dtype: 'float32', data: decode(entry, data, where) }),
      },
    ];
  });
  return { metadata, tensors: new Map(tensors) };
}

/** The types that are decoded. */
const floatTypes: Readonly<Partial<Record<SafetensorsDType, FloatType>>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
};

function decode({ name, dtype, shape }: HeaderEntry, bytes: Uint8Array, where: string): Float32Array {
  const type = floatTypes[dtype];
  if (type !== undefined) return decodeFloats(type, bytes, countElements(shape));
  throw new UnsupportedError({
    where: `${where}: tensor ${quoteName(name)}`,
    got: `dtype ${dtype}`,
    want: 'F64, F32, F16 or BF16',
  });
}
