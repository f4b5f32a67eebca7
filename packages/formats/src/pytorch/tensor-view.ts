import { countElements, type Shape, UnsupportedError, WeightsError } from '@strata/core';
import { decodeFloats, type FloatType } from '../decode-floats.js';
import { quoteName } from '../quote-name.js';
import { quoteShape } from '../quote-shape.js';
import type { ElementType, StoredTensor } from '../stored-tensor.js';
import { saveUnquantised } from './refusals.js';
import { bytesPerElement, type Storage } from './storages.js';

/** A tensor as torch has it: numbers of a storage, from `offset` on, `strides` apart. Found to lie within the storage. */
export interface TensorView {
  readonly storage: Storage;
  readonly type: ElementType;
  /** In elements, as the strides are. */
  readonly offset: number;
  readonly shape: Shape;
  readonly strides: readonly number[];
}

/** torch's own limit. */
const mostAxes = 64;

/** A view whose elements are counted more than once may have so many, whatever its storage has. */
const mostRepeated = 2 ** 20;

/** What is wrong with a view's claims; `undefined` where all its elements lie within its storage. */
export function findFault({ storage, type, offset, shape, strides }: TensorView): string | undefined {
  if (shape.length !== strides.length || shape.length > mostAxes) {
    return `${shape.length} sizes and ${strides.length} strides`;
  }
  const elements = Math.floor(storage.byteLength / bytesPerElement[type]);
  const count = countElements(shape.filter((size) => size > 0));
  if (!Number.isSafeInteger(count)) return `shape ${quoteShape(shape)}`;
  if (shape.includes(0)) return undefined;
  const last = shape.reduce((at, size, axis) => at + (size - 1) * strides[axis], offset);
  if (!(last < elements)) return `shape ${quoteShape(shape)} up to element ${last} of a storage of ${elements}`;
  if (count > Math.max(elements, mostRepeated)) {
    return `shape ${quoteShape(shape)}, ${count} elements that repeat the ${elements} of their storage`;
  }
  return undefined;
}

/** A view as what callers get. `where` names the file, `name` the tensor, in messages. */
export function storedTensor(view: TensorView, where: string, name: string): StoredTensor {
  const { type, shape } = view;
  const count = countElements(shape);
  return {
    dtype: type,
    shape,
    byteLength: count * bytesPerElement[type],
    read() {
      if (!isFloatType(type)) {
        throw new UnsupportedError({
          where: `${where}: tensor ${quoteName(name)}`,
          got: `dtype ${type}`,
          want: floatTypes.join(', '),
          ...(bytesPerElement[type] === 1 && type !== 'bool' ? { hint: saveUnquantised } : {}),
        });
      }
      return { shape, dtype: 'float32', data: decodeFloats(type, gather(view, count), count) };
    },
  };
}

const floatTypes: readonly FloatType[] = ['float64', 'float32', 'float16', 'bfloat16'];

function isFloatType(type: ElementType): type is FloatType {
  return floatTypes.some((known) => known === type);
}

/** The bytes of a view's elements in row-major order: a part of the storage's where they lie so already. */
function gather(view: TensorView, count: number): Uint8Array {
  const { storage, type, offset, shape, strides } = view;
  const size = bytesPerElement[type];
  if (count === 0) return new Uint8Array(0);
  const bytes = storage.read();
  if (isContiguous(shape, strides)) return bytes.subarray(offset * size, (offset + count) * size);
  const gathered = new Uint8Array(count * size);
  const indices = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let to = 0; to < gathered.length; to += size) {
    for (let byte = 0; byte < size; byte++) gathered[to + byte] = bytes[from * size + byte];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      indices[axis]++;
      from += strides[axis];
      if (indices[axis] < shape[axis]) break;
      from -= shape[axis] * strides[axis];
      indices[axis] = 0;
    }
  }
  return gathered;
}

/** Whether the elements lie one behind the other. The stride of an axis of size 1 says nothing. */
function isContiguous(shape: Shape, strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}

/**
 * Refuses tensors that together have many times what the file has: aliases of one storage, by the thousand. Real files
 * share a storage between a few names.
 */
export function checkTotal(views: Iterable<TensorView>, fileBytes: number, where: string): void {
  const most = 16 * fileBytes + 2 ** 26;
  let total = 0;
  for (const { type, shape } of views) total += countElements(shape) * bytesPerElement[type];
  if (total <= most) return;
  throw new WeightsError({
    where,
    got: `tensors of ${total} bytes, all in a file of ${fileBytes}`,
    want: `at most ${most}`,
    hint: 'it may be a trap: many tensors that are the same numbers',
  });
}
