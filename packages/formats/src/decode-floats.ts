import { widenBF16, widenF16 } from './half.js';

const floatTypes = ['float64', 'float32', 'float16', 'bfloat16'] as const;

/** Types of elements that are decoded. */
export type FloatType = (typeof floatTypes)[number];

export function isFloatType(type: string): type is FloatType {
  const known: readonly string[] = floatTypes;
  return known.includes(type);
}

/**
 * `count` little-endian numbers from the start of `bytes` as float32: 16-bit ones are widened exactly, float64 is rounded
 * to nearest. Aligned float32 is a view of the bytes, not a copy.
 */
export function decodeFloats(type: FloatType, bytes: Uint8Array, count: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case 'float32':
      return readF32(view, count);
    case 'float64':
      return roundF64(view, count);
    case 'float16':
      return widenF16(view, count);
    case 'bfloat16':
      return widenBF16(view, count);
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

/** Each to the nearest float32, ties to even; from 2¹²⁸ − 2¹⁰³ on that is infinity. */
function roundF64(view: DataView, count: number): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = view.getFloat64(8 * i, true);
  return values;
}

/** Whether this machine has the file's byte order. */
function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}
