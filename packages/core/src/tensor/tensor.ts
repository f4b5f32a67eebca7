import { InputError, ShapeError } from '../errors.js';
import { describeValue, isFloat32Array, isFloat64Array } from '../tags.js';
import { countElements, formatShape, type Shape } from './shape.js';

/** Element types. Networks compute in float32; float64 is the reference's. */
export type DType = keyof TypedArrays;

/** The array that holds the values of each dtype. */
export interface TypedArrays {
  float32: Float32Array;
  float64: Float64Array;
}

/** The values of a host tensor. */
export type TypedArray = TypedArrays[DType];

/** A dense row-major tensor on the host. Plain data: it survives `structuredClone` and `postMessage`. */
export interface Tensor {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly data: TypedArray;
}

/** A float32 tensor over `data` (not copied). `ShapeError` when shape and length differ. */
export function tensor(shape: Shape, data: Float32Array | readonly number[]): Tensor & { readonly data: Float32Array } {
  refuseOtherThanNumbers(data);
  const values = isFloat32Array(data) ? data : Float32Array.from(data);
  checkTensor({ shape, dtype: 'float32', data: values }, 'tensor');
  return { shape: [...shape], dtype: 'float32', data: values };
}

function refuseOtherThanNumbers(data: unknown): void {
  if (Array.isArray(data) || ArrayBuffer.isView(data)) return;
  throw new InputError({ where: 'tensor', got: describeValue(data), want: 'a Float32Array or an array of numbers' });
}

/** Throws `InputError` for what is no tensor at all: an array, null, a text. */
export function refuseOtherThanTensor(value: unknown, where: string): void {
  if (typeof value === 'object' && value !== null && 'shape' in value && 'dtype' in value) return;
  throw new InputError({
    where,
    got: describeValue(value),
    want: 'a tensor { shape, dtype, data }',
    hint: 'tensor(shape, data) makes one',
  });
}

/**
 * Throws `InputError` for what is no tensor, and `ShapeError` unless sizes are whole, the array fits them, and its type is
 * what `dtype` says.
 */
export function checkTensor(given: Tensor, where: string): void {
  refuseOtherThanTensor(given, where);
  const { shape, dtype, data } = given;
  if (!Array.isArray(shape) || shape.some((size) => !Number.isInteger(size) || size < 0)) {
    throw new ShapeError({ where, got: `shape ${String(shape)}`, want: 'whole sizes of 0 or more' });
  }
  const actual = isFloat32Array(data) ? 'float32' : isFloat64Array(data) ? 'float64' : undefined;
  if (actual !== dtype) {
    throw new ShapeError({
      where,
      got: `dtype ${String(dtype)} over ${describeValue(data)}`,
      want: 'float32 over a Float32Array',
    });
  }
  if (data.length !== countElements(shape)) {
    throw new ShapeError({
      where,
      got: `${data.length} elements for shape ${formatShape(shape)}`,
      want: `${countElements(shape)}`,
    });
  }
}

/** The values as float32, without a copy when they are. */
export function asFloat32({ data }: Tensor): Float32Array {
  return isFloat32Array(data) ? data : new Float32Array(data);
}

/** The same tensor in memory of its own. What is no whole tensor stays as it is, for whoever checks it to say so. */
export function copyTensor(tensor: Tensor): Tensor {
  const { shape, dtype, data } = tensor;
  const isWhole = Array.isArray(shape) && (isFloat32Array(data) || isFloat64Array(data));
  return isWhole ? { shape: [...shape], dtype, data: data.slice() } : tensor;
}
