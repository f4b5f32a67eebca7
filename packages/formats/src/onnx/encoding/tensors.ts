import type { Tensor } from '@strata/core';
import { type TensorProto, TensorProto_DataLocation, TensorProto_DataType } from '../generated/onnx_pb.js';

/** A float32 constant inside the model. */
export function encodeFloats(name: string, values: readonly number[], shape: readonly number[]): TensorProto {
  return {
    name,
    dims: shape,
    dataType: TensorProto_DataType.FLOAT,
    floatData: values,
  };
}

/** A one-dimensional int64 constant inside the model. */
export function encodeInts(name: string, values: readonly number[]): TensorProto {
  return {
    name,
    dims: [values.length],
    dataType: TensorProto_DataType.INT64,
    int64Data: values,
  };
}

/** Weights whose bytes are inside the model. */
export function encodeInline(name: string, { shape, data }: Tensor): TensorProto {
  return {
    name,
    dims: shape,
    dataType: TensorProto_DataType.FLOAT,
    rawData: bytesOf(data),
  };
}

/** Weights whose bytes are handed to the session beside the model, under `location`. */
export function encodeExternal(name: string, { shape, data }: Tensor, location: string): TensorProto {
  return {
    name,
    dims: shape,
    dataType: TensorProto_DataType.FLOAT,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: [
      { key: 'location', value: location },
      { key: 'offset', value: '0' },
      { key: 'length', value: String(data.byteLength) },
    ],
  };
}

/** The bytes under a typed array, not copied. ONNX wants little-endian, which is what every JavaScript engine runs on. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
