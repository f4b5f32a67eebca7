import { describeNpy } from '@strata/formats/npy';
import type { Inspection } from './types.js';

/** Types of IDX files by their code, and the bytes of an element. */
const idxTypes = new Map<number | undefined, readonly [dtype: string, bytes: number]>([
  [0x08, ['uint8', 1]],
  [0x09, ['int8', 1]],
  [0x0b, ['int16', 2]],
  [0x0c, ['int32', 4]],
  [0x0d, ['float32', 4]],
  [0x0e, ['float64', 8]],
]);

/** The one array of a `.npy` or IDX file, which has no name; nothing of other files. */
export function describeArray(
  file: string,
  bytes: Uint8Array,
  format: string,
): Pick<Inspection, 'tensors'> | undefined {
  if (format === 'npy') {
    const { shape, dtype, byteLength } = describeNpy(bytes, file);
    return { tensors: [{ name: '', shape, dtype, bytes: byteLength }] };
  }
  return format === 'idx' ? describeIdx(bytes) : undefined;
}

/** Two zeros, a type, a number of axes, a big-endian 32-bit size for each: `identify` has seen that they are there. */
function describeIdx(bytes: Uint8Array): Pick<Inspection, 'tensors'> | undefined {
  const [, , type, axes = 0] = bytes;
  const [dtype, size] = idxTypes.get(type) ?? [];
  if (dtype === undefined || size === undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  return { tensors: [{ name: '', shape, dtype, bytes: size * shape.reduce((product, one) => product * one, 1) }] };
}
