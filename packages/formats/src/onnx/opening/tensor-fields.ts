import { WeightsError } from '@strata/core';
import { Elements, type Storage } from '../../protobuf/elements.js';
import type { Field } from '../../protobuf/field.js';
import type { ProtobufFile } from '../../protobuf/file.js';
import { quoteName } from '../../quote-name.js';
import type { TypedField } from './element-types.js';
import { TypedElements } from './typed-elements.js';

/** What a `TensorProto` says, as it says it. */
export interface TensorFields {
  readonly name: string;
  /** A number of `TensorProto.DataType`. */
  readonly type: number;
  readonly shape: readonly number[];
  /** `raw_data`. */
  readonly raw: Uint8Array | undefined;
  /** The typed fields that have elements. */
  readonly typed: readonly TypedElements[];
}

/** Fields of `TensorProto` in `onnx.proto`. */
const field = {
  ...{ dims: 1, dataType: 2, segment: 3, name: 8, rawData: 9, externalData: 13, dataLocation: 14 },
} as const;

const typedFields: ReadonlyMap<number, { readonly name: TypedField; readonly storage: Storage }> = new Map([
  [4, { name: 'floats', storage: 'fixed32' }],
  [5, { name: 'int32s', storage: 'varint' }],
  [7, { name: 'int64s', storage: 'varint' }],
  [10, { name: 'doubles', storage: 'fixed64' }],
  [11, { name: 'uint64s', storage: 'varint' }],
]);

/** `TensorProto.DataLocation.EXTERNAL`. */
const EXTERNAL = 1;

/** Reads a `TensorProto`. `WeightsError` for one whose data is elsewhere, or a part of a larger one. */
export function readTensorFields(file: ProtobufFile, message: Uint8Array, what: string): TensorFields {
  const shape: number[] = [];
  const typed = new Map<number, TypedElements>();
  let name = '';
  let type = 0;
  let raw: Uint8Array | undefined;
  let isExternal = false;
  let location = '';
  file.visit(message, what, (part) => {
    if (part.number === field.dims) for (const size of part.wholes()) shape.push(size);
    else if (part.number === field.dataType) type = part.whole();
    else if (part.number === field.name) name = part.text();
    else if (part.number === field.rawData) raw = part.bytes();
    else if (part.number === field.dataLocation) isExternal = part.whole() === EXTERNAL;
    else if (part.number === field.externalData) location ||= readLocation(file, part, what);
    else if (part.number === field.segment) throw file.damaged(what, 'a segment of a tensor', 'whole tensors');
    else addTyped(file, message, what, part, typed);
  });
  if (isExternal) throw elsewhere(file, name, location);
  return { name, type, shape, raw, typed: [...typed.values()].filter(({ elements }) => elements.count > 0) };
}

function addTyped(
  file: ProtobufFile,
  message: Uint8Array,
  what: string,
  part: Field,
  typed: Map<number, TypedElements>,
): void {
  const { number } = part;
  const known = typedFields.get(number);
  if (known === undefined) return;
  const { name, storage } = known;
  const found = typed.get(number) ?? new TypedElements(name, new Elements(file, { message, what, number, storage }));
  typed.set(number, found);
  found.elements.add(part);
}

/** The file that an entry of `external_data` names; `''` for an entry of something else. */
function readLocation(file: ProtobufFile, part: Field, what: string): string {
  let key = '';
  let value = '';
  file.visit(part.bytes(), what, (entry) => {
    if (entry.number === 1) key = entry.text();
    if (entry.number === 2) value = entry.text();
  });
  return key === 'location' ? value : '';
}

function elsewhere(file: ProtobufFile, name: string, location: string): WeightsError {
  return new WeightsError({
    where: `${file.where}: tensor ${quoteName(name)}`,
    got: `data in another file, ${quoteName(location)}`,
    want: 'one file that holds all',
    hint: 'in Python, beside that file: onnx.save(onnx.load("net.onnx"), "whole.onnx")',
  });
}
