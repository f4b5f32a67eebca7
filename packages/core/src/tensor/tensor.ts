import { ShapeError } from '../errors.js';
import { countElements, formatShape, type Shape } from './shape.js';

/** Element types. Networks compute in float32; float64 is the reference's. */
export type DType = keyof TypedArrays;

export interface TypedArrays {
  float32: Float32Array;
  float64: Float64Array;
}

export type TypedArray = TypedArrays[DType];

/** A dense row-major tensor on the host. Plain data: it survives `structuredClone` and `postMessage`. */
export interface Tensor {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly data: TypedArray;
}

/** A float32 tensor over `data` (not copied). `ShapeError` when shape and length differ. */
export function tensor(shape: Shape, data: Float32Array | readonly number[]): Tensor & { readonly data: Float32Array } {
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  checkTensor({ shape, dtype: 'float32', data: values }, 'tensor');
  return { shape: [...shape], dtype: 'float32', data: values };
}

/** Throws `ShapeError` unless sizes are whole, the array fits them, and its type is what `dtype` says. */
export function checkTensor({ shape, dtype, data }: Tensor, where: string): void {
  if (!Array.isArray(shape) || shape.some((size) => !Number.isInteger(size) || size < 0)) {
    throw new ShapeError({ where, got: `shape ${String(shape)}`, want: 'whole sizes of 0 or more' });
  }
  const actual = data instanceof Float32Array ? 'float32' : data instanceof Float64Array ? 'float64' : undefined;
  if (actual !== dtype) {
    throw new ShapeError({
      where,
      got: `dtype ${String(dtype)} over ${describeData(data)}`,
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

function describeData(data: unknown): string {
  return typeof data === 'object' && data !== null ? data.constructor.name : typeof data;
}

/** The values as float32, without a copy when they are. */
export function asFloat32({ data }: Tensor): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data);
}
