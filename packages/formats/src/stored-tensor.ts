import type { Shape, Tensor } from '@strata/core';

/** Types of elements that files hold, by the names that NumPy and PyTorch have for them. */
export const elementTypes = [
  ...(['float64', 'float32', 'float16', 'bfloat16', 'float8_e4m3fn', 'float8_e5m2', 'float8_e8m0fnu'] as const),
  ...(['int64', 'int32', 'int16', 'int8', 'uint64', 'uint32', 'uint16', 'uint8', 'bool'] as const),
  ...(['complex64', 'complex128'] as const),
] as const;

/** The type of a stored tensor's elements. */
export type ElementType = (typeof elementTypes)[number];

/** One tensor of a file: known from the file's header, decoded when it is read. */
export interface StoredTensor<DType extends string = ElementType> {
  /** How the file stores its elements. */
  readonly dtype: DType;
  readonly shape: Shape;
  /** What its elements take in the file, in bytes. */
  readonly byteLength: number;
  /**
   * The values as float32: float16 and bfloat16 are widened exactly, float64 is rounded to nearest. It may be a view of
   * the file's bytes, not a copy: change neither. `UnsupportedError` for all other types, which are only listed.
   */
  read(): Tensor;
}
