import { Elements, type Storage } from '../../protobuf/elements.js';
import type { Field } from '../../protobuf/field.js';
import { quoteName } from '../../quote-name.js';
import type { TypedField } from './element-types.js';
import { type ExternalPlace, readExternal } from './external-data.js';
import type { ModelFile } from './model-file.js';
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

/** Reads a `TensorProto`. `WeightsError` for one whose data is in a file that is not given, or a part of a larger one. */
export function readTensorFields(file: ModelFile, message: Uint8Array, what: string): TensorFields {
  const shape: number[] = [];
  const typed = new Map<number, TypedElements>();
  let name = '';
  let type = 0;
  let raw: Uint8Array | undefined;
  let isExternal = false;
  const external = new Map<string, string>();
  file.visit(message, what, (part) => {
    if (part.number === field.dims) for (const size of part.wholes()) shape.push(size);
    else if (part.number === field.dataType) type = part.whole();
    else if (part.number === field.name) name = part.text();
    else if (part.number === field.rawData) raw = part.bytes();
    else if (part.number === field.dataLocation) isExternal = part.whole() === EXTERNAL;
    else if (part.number === field.externalData) addEntry(file, part, what, external);
    else if (part.number === field.segment) throw file.damaged(what, 'a segment of a tensor', 'whole tensors');
    else addTyped(file, message, what, part, typed);
  });
  if (isExternal) raw = readExternal(placeOf(external), `${file.where}: tensor ${quoteName(name)}`, file.external);
  return { name, type, shape, raw, typed: [...typed.values()].filter(({ elements }) => elements.count > 0) };
}

function addTyped(
  file: ModelFile,
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

/** Takes an entry of `external_data`, which is a `StringStringEntryProto`. */
function addEntry(file: ModelFile, part: Field, what: string, external: Map<string, string>): void {
  let key = '';
  let value = '';
  file.visit(part.bytes(), what, (entry) => {
    if (entry.number === 1) key = entry.text();
    if (entry.number === 2) value = entry.text();
  });
  external.set(key, value);
}

function placeOf(external: ReadonlyMap<string, string>): ExternalPlace {
  const [location = '', offset = '', length = ''] = ['location', 'offset', 'length'].map((key) => external.get(key));
  return { location, offset, length };
}
