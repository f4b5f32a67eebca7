import type { ElementType } from '../../stored-tensor.js';
import { TypedElements } from './typed-elements.js';

/** Reads one element of `raw_data` at a byte. */
type Read = (view: DataView, at: number) => number;

/** Types whose values are whole, with their bytes. */
const readers = {
  int64: [8, (view, at) => Number(view.getBigInt64(at, true))],
  int32: [4, (view, at) => view.getInt32(at, true)],
  int16: [2, (view, at) => view.getInt16(at, true)],
  int8: [1, (view, at) => view.getInt8(at)],
  uint64: [8, (view, at) => Number(view.getBigUint64(at, true))],
  uint32: [4, (view, at) => view.getUint32(at, true)],
  uint16: [2, (view, at) => view.getUint16(at, true)],
  uint8: [1, (view, at) => view.getUint8(at)],
  bool: [1, (view, at) => view.getUint8(at)],
} as const satisfies Readonly<Partial<Record<ElementType, readonly [bytes: number, read: Read]>>>;

type WholeType = keyof typeof readers;

export function isWholeType(dtype: ElementType): dtype is WholeType {
  return Object.hasOwn(readers, dtype);
}

/** The values as JavaScript numbers. */
export function decodeWhole(dtype: WholeType, elements: Uint8Array | TypedElements, count: number): readonly number[] {
  const values = new Array<number>(count).fill(0);
  if (!(elements instanceof TypedElements)) {
    const view = new DataView(elements.buffer, elements.byteOffset, elements.byteLength);
    const [bytes, read] = readers[dtype];
    return values.map((_, index) => read(view, bytes * index));
  }
  const wraps = dtype === 'uint64';
  elements.elements.each((value, index) => {
    values[index] = wraps && value < 0 ? value + 2 ** 64 : value;
  });
  return values;
}
