import { countElements, type Shape, UnsupportedError, WeightsError } from '@strata/core';
import { decodeFloats, isFloatType } from '../../decode-floats.js';
import { quoteName } from '../../quote-name.js';
import { quoteShape } from '../../quote-shape.js';
import { type OnnxType, onnxTypeOf } from './element-types.js';
import type { ModelFile } from './model-file.js';
import { readTensorFields, type TensorFields } from './tensor-fields.js';
import { decodeHalves, TypedElements } from './typed-elements.js';
import type { OnnxTensor } from './types.js';
import { decodeWhole, isWholeType } from './whole-numbers.js';

/** A tensor decoded when read, and the name that it has in the file, which may be empty. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: OnnxTensor;
}

/** The bytes of one tensor's elements, and how they are stored. */
interface Content {
  readonly where: string;
  readonly type: OnnxType;
  readonly shape: Shape;
  readonly elements: Uint8Array | TypedElements;
}

/** Most numbers that are given as a list: axes and shapes have a few. */
const mostWhole = 65_536;

/** A `TensorProto`, checked: type, shape and length of its data agree. `what` names it where it has no name itself. */
export function readTensor(file: ModelFile, message: Uint8Array, what: string): NamedTensor {
  file.charge(20);
  const fields = readTensorFields(file, message, what);
  const where = `${file.where}: ${fields.name === '' ? what : `tensor ${quoteName(fields.name)}`}`;
  const type = onnxTypeOf(fields.type);
  if (type === undefined) {
    throw new WeightsError({
      where,
      got: `elements of ONNX's type ${fields.type}`,
      want: 'numbers of 8 bits or more',
      hint: 'texts and types of 4 bits or fewer are not read',
    });
  }
  const content: Content = { where, type, shape: fields.shape, elements: elementsOf(fields, type, where) };
  return {
    name: fields.name,
    tensor: {
      dtype: type.dtype,
      shape: content.shape,
      byteLength: content.elements.byteLength,
      read: () => ({ shape: content.shape, dtype: 'float32', data: decode(content) }),
      readWhole: () => readWhole(content),
    },
  };
}

function elementsOf(fields: TensorFields, type: OnnxType, where: string): Uint8Array | TypedElements {
  const { shape, raw, typed } = fields;
  const wanted = sizeOf(shape, where);
  const of = `for ${type.dtype} ${quoteShape(shape)}`;
  const [only, another] = typed;
  if (another !== undefined || (only !== undefined && raw !== undefined && raw.length > 0)) {
    throw new WeightsError({ where, got: 'elements in two places', want: `one list of them ${of}` });
  }
  if (only === undefined) {
    const bytes = raw ?? new Uint8Array(0);
    if (bytes.length === wanted * type.bytes) return bytes;
    throw new WeightsError({ where, got: `${bytes.length} bytes`, want: `${wanted * type.bytes} ${of}` });
  }
  if (only.field === type.field && only.elements.count === wanted * type.parts) return only;
  throw new WeightsError({
    where,
    got: `${only.elements.count} numbers (${only.field})`,
    want: `${wanted * type.parts} (${type.field}) ${of}`,
  });
}

function sizeOf(shape: Shape, where: string): number {
  const size = countElements(shape);
  // Up to 16 bytes an element.
  if (shape.every((length) => length >= 0) && size <= Number.MAX_SAFE_INTEGER / 16) return size;
  throw new WeightsError({ where, got: `shape ${quoteShape(shape)}`, want: 'sizes of 0 or more' });
}

function decode({ where, type: { dtype }, shape, elements }: Content): Float32Array {
  if (!isFloatType(dtype)) {
    throw new UnsupportedError({ where, got: dtype, want: 'float64, float32, float16 or bfloat16' });
  }
  if (!(elements instanceof TypedElements)) return decodeFloats(dtype, elements, countElements(shape));
  if (elements.field === 'int32s') return decodeHalves(dtype, elements.elements);
  return decodeFloats(dtype, elements.elements.bytes(), countElements(shape));
}

function readWhole({ where, type: { dtype }, shape, elements }: Content): readonly number[] {
  if (!isWholeType(dtype)) throw new UnsupportedError({ where, got: dtype, want: 'whole numbers' });
  const count = countElements(shape);
  if (count > mostWhole) {
    throw new UnsupportedError({ where, got: `${count} whole numbers`, want: `a list of at most ${mostWhole}` });
  }
  return decodeWhole(dtype, elements, count);
}
