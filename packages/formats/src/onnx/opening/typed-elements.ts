import { decodeFloats, type FloatType } from '../../decode-floats.js';
import type { Elements } from '../../protobuf/elements.js';
import type { TypedField } from './element-types.js';

/** Elements in a typed field of a `TensorProto`, not in its `raw_data`. */
export class TypedElements {
  constructor(
    readonly field: TypedField,
    readonly elements: Elements,
  ) {}

  get byteLength(): number {
    return this.elements.byteLength;
  }
}

/** Halves that are turned into bytes at once. */
const atOnce = 4096;

/** 16-bit floats whose bit patterns are stored as whole numbers (`int32_data`). */
export function decodeHalves(type: FloatType, elements: Elements): Float32Array {
  const values = new Float32Array(elements.count);
  const piece = new DataView(new ArrayBuffer(2 * atOnce));
  const bytes = new Uint8Array(piece.buffer);
  elements.each((bits, index) => {
    const place = index % atOnce;
    piece.setUint16(2 * place, bits, true);
    if (place + 1 === atOnce || index + 1 === values.length) {
      values.set(decodeFloats(type, bytes, place + 1), index - place);
    }
  });
  return values;
}
