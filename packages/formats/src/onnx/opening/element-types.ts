import type { ElementType } from '../../stored-tensor.js';

/** The typed field that holds a tensor's elements where `raw_data` does not. */
export type TypedField = 'floats' | 'int32s' | 'int64s' | 'doubles' | 'uint64s';

/** How ONNX stores a type of elements. */
export interface OnnxType {
  readonly dtype: ElementType;
  /** Of one element, in `raw_data`. */
  readonly bytes: number;
  readonly field: TypedField;
  /** Numbers of that field for one element. */
  readonly parts: number;
}

/** By the number that ONNX's `TensorProto.DataType` gives them. Texts and types of 4 bits and fewer are not among them. */
const types: ReadonlyMap<number, OnnxType> = new Map([
  [1, { dtype: 'float32', bytes: 4, field: 'floats', parts: 1 }],
  [2, { dtype: 'uint8', bytes: 1, field: 'int32s', parts: 1 }],
  [3, { dtype: 'int8', bytes: 1, field: 'int32s', parts: 1 }],
  [4, { dtype: 'uint16', bytes: 2, field: 'int32s', parts: 1 }],
  [5, { dtype: 'int16', bytes: 2, field: 'int32s', parts: 1 }],
  [6, { dtype: 'int32', bytes: 4, field: 'int32s', parts: 1 }],
  [7, { dtype: 'int64', bytes: 8, field: 'int64s', parts: 1 }],
  [9, { dtype: 'bool', bytes: 1, field: 'int32s', parts: 1 }],
  [10, { dtype: 'float16', bytes: 2, field: 'int32s', parts: 1 }],
  [11, { dtype: 'float64', bytes: 8, field: 'doubles', parts: 1 }],
  [12, { dtype: 'uint32', bytes: 4, field: 'uint64s', parts: 1 }],
  [13, { dtype: 'uint64', bytes: 8, field: 'uint64s', parts: 1 }],
  [14, { dtype: 'complex64', bytes: 8, field: 'floats', parts: 2 }],
  [15, { dtype: 'complex128', bytes: 16, field: 'doubles', parts: 2 }],
  [16, { dtype: 'bfloat16', bytes: 2, field: 'int32s', parts: 1 }],
  [17, { dtype: 'float8_e4m3fn', bytes: 1, field: 'int32s', parts: 1 }],
  [19, { dtype: 'float8_e5m2', bytes: 1, field: 'int32s', parts: 1 }],
  [24, { dtype: 'float8_e8m0fnu', bytes: 1, field: 'int32s', parts: 1 }],
]);

/** The type of that number; `undefined` for one that is not read here. */
export function onnxTypeOf(number: number): OnnxType | undefined {
  return types.get(number);
}
