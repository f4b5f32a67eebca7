import { openSafetensors, type SafetensorsDType } from '../safetensors/index.js';
import type { ElementType, StoredTensor } from '../stored-tensor.js';
import type { WeightsFile } from './types.js';

const elementTypeOf: Readonly<Record<SafetensorsDType, ElementType>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  F8_E4M3: 'float8_e4m3fn',
  F8_E5M2: 'float8_e5m2',
  F8_E8M0: 'float8_e8m0fnu',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U64: 'uint64',
  U32: 'uint32',
  U16: 'uint16',
  U8: 'uint8',
  BOOL: 'bool',
  C64: 'complex64',
};

/** A safetensors file among the others. Throws as `openSafetensors` does. */
export function fromSafetensors(bytes: Uint8Array, where: string): WeightsFile {
  const { metadata, tensors } = openSafetensors(bytes, where);
  return {
    format: 'safetensors',
    metadata,
    tensors: new Map(
      [...tensors].map(([name, tensor]): [string, StoredTensor] => [
        name,
        { ...tensor, dtype: elementTypeOf[tensor.dtype] },
      ]),
    ),
  };
}
