import { UnsupportedError } from '../../errors.js';
import { countElements, type Shape } from '../../tensor/shape.js';
import type { Tensor } from '../../tensor/tensor.js';
import { widenBF16, widenF16 } from '../half.js';
import type { SafetensorsDType } from './element-types.js';
import { type HeaderEntry, quoteName, readHeader } from './header.js';

/** A safetensors file whose header was read and checked. */
export interface SafetensorsFile {
  /** The header's `__metadata__`; empty when it has none. */
  readonly metadata: Readonly<Record<string, string>>;
  /** By name, in the header's order (names that are whole numbers first). */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

export interface StoredTensor {
  /** How the file stores it. */
  readonly dtype: SafetensorsDType;
  readonly shape: Shape;
  /**
   * The values as float32; F16 and BF16 are widened exactly. An F32 tensor whose bytes are aligned to 4 is a view of
   * the file's bytes, not a copy: change neither. `UnsupportedError` for types other than F32, F16 and BF16.
   */
  read(): Tensor;
}

/**
 * Opens the bytes of a safetensors file. `where` names the file in messages. Values are decoded when read, and are not
 * judged here: `bindWeights` refuses NaN. Throws `WeightsError` when the header is damaged, repeats a name, or disagrees
 * with itself or with the length of the file.
 *
 * Format: https://github.com/huggingface/safetensors#format
 */
export function openSafetensors(bytes: Uint8Array, where = 'safetensors file'): SafetensorsFile {
  const { metadata, entries, dataStart } = readHeader(bytes, where);
  const tensors = entries.map((entry): [string, StoredTensor] => {
    const { name, dtype, shape } = entry;
    const data = bytes.subarray(dataStart + entry.begin, dataStart + entry.end);
    return [name, { dtype, shape, read: () => ({ shape, dtype: 'float32', data: decode(entry, data, where) }) }];
  });
  return { metadata, tensors: new Map(tensors) };
}

function decode({ name, dtype, shape }: HeaderEntry, bytes: Uint8Array, where: string): Float32Array {
  const count = countElements(shape);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (dtype) {
    case 'F32':
      return readF32(view, count);
    case 'F16':
      return widenF16(view, count);
    case 'BF16':
      return widenBF16(view, count);
    default:
      throw new UnsupportedError({
        where: `${where}: tensor ${quoteName(name)}`,
        got: `dtype ${dtype}`,
        want: 'F32, F16 or BF16',
      });
  }
}

function readF32(view: DataView, count: number): Float32Array {
  if (view.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0 && isLittleEndian()) {
    return new Float32Array(view.buffer, view.byteOffset, count);
  }
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = view.getFloat32(4 * i, true);
  return values;
}

/** Whether this machine orders bytes as the file does. */
function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}
