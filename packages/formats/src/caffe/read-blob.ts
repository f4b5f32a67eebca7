import { countElements, type Shape, WeightsError } from '@strata/core';
import { decodeFloats } from '../decode-floats.js';
import { Elements } from '../protobuf/elements.js';
import type { ProtobufFile } from '../protobuf/file.js';
import { quoteShape } from '../quote-shape.js';
import type { StoredTensor } from '../stored-tensor.js';
import type { CaffeDType } from './types.js';

/** A blob before its layer says what its axes are. */
export interface Blob {
  /** What messages call it. */
  readonly where: string;
  readonly shape: Shape;
  readonly dtype: CaffeDType;
  readonly elements: Elements;
}

/** Fields of `BlobProto` in `caffe.proto`. */
const field = { num: 1, width: 4, data: 5, shape: 7, doubleData: 8 } as const;

/** A `BlobProto`, checked: it has as many numbers as its shape says. What training adds to it is passed over. */
export function readBlob(file: ProtobufFile, message: Uint8Array, what: string): Blob {
  const floats = new Elements(file, { message, what, number: field.data, storage: 'fixed32' });
  const doubles = new Elements(file, { message, what, number: field.doubleData, storage: 'fixed64' });
  const legacy = [0, 0, 0, 0];
  let isLegacy = false;
  let current: readonly number[] = [];
  file.visit(message, what, (part) => {
    floats.add(part);
    doubles.add(part);
    if (part.number === field.shape) current = readShape(file, part.bytes(), what);
    if (part.number < field.num || part.number > field.width) return;
    legacy[part.number - field.num] = part.whole();
    isLegacy = true;
  });
  const where = `${file.where}: ${what}`;
  // Caffe itself believes the old sizes where a blob has both, and doubles where there are any.
  const shape = isLegacy ? legacy : current;
  const isDouble = doubles.count > 0;
  const elements = isDouble ? doubles : floats;
  if (shape.some((size) => size < 0) || elements.count !== countElements(shape)) {
    throw new WeightsError({
      where,
      got: `${elements.count} numbers`,
      want: `those of ${quoteShape(shape)}`,
    });
  }
  return { where, shape, dtype: isDouble ? 'float64' : 'float32', elements };
}

/** `BlobShape`. */
function readShape(file: ProtobufFile, message: Uint8Array, what: string): readonly number[] {
  const shape: number[] = [];
  file.visit(message, what, (part) => {
    if (part.number === 1) for (const size of part.wholes()) shape.push(size);
  });
  return shape;
}

/** A blob as a tensor with the axes that it has in its layer. */
export function toTensor({ dtype, elements }: Blob, shape: Shape): StoredTensor<CaffeDType> {
  return {
    dtype,
    shape,
    byteLength: elements.byteLength,
    read: () => ({ shape, dtype: 'float32', data: decodeFloats(dtype, elements.bytes(), elements.count) }),
  };
}
