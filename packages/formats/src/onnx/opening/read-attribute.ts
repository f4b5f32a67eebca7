import { quoteName } from '../../quote-name.js';
import type { OnnxAttribute } from '../reading/types.js';
import type { ModelFile } from './model-file.js';
import { readTensor } from './read-tensor.js';
import type { OnnxTensor } from './types.js';

/** An attribute by name. */
export interface ReadAttribute {
  readonly name: string;
  /** Absent for tensors, graphs, types and lists of texts. */
  readonly value?: OnnxAttribute;
  /** Where it is a tensor. */
  readonly tensor?: OnnxTensor;
}

/** What an `AttributeProto` says, in all the fields that may hold its value. */
interface Parts {
  name: string;
  type: number;
  float?: number;
  int?: number;
  text?: Uint8Array;
  tensor?: Uint8Array;
  floats: number[];
  ints: number[];
}

/** Types of attributes that are read, by the number of `AttributeProto.AttributeType`. */
const attributeType = { float: 1, int: 2, text: 3, tensor: 4, floats: 6, ints: 7 } as const;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** An `AttributeProto`. Graphs in it are not entered. */
export function readAttribute(file: ModelFile, message: Uint8Array, what: string): ReadAttribute {
  const parts: Parts = { name: '', type: 0, floats: [], ints: [] };
  file.visit(message, what, (part) => {
    if (part.number === 1) parts.name = part.text();
    else if (part.number === 20) parts.type = part.whole();
    else if (part.number === 2) parts.float = part.float();
    else if (part.number === 3) parts.int = part.whole();
    else if (part.number === 4) parts.text = part.bytes();
    else if (part.number === 5) parts.tensor = part.bytes();
    else if (part.number === 7) for (const value of part.floats()) parts.floats.push(value);
    else if (part.number === 8) for (const value of part.wholes()) parts.ints.push(value);
  });
  const { name } = parts;
  const type = parts.type === 0 ? typeOf(parts) : parts.type;
  if (type !== attributeType.tensor) {
    const value = valueFrom(parts, type);
    return value === undefined ? { name } : { name, value };
  }
  if (parts.tensor === undefined) throw file.damaged(what, `attribute ${quoteName(name)} without its tensor`);
  return { name, tensor: readTensor(file, parts.tensor, what).tensor };
}

/** The type by what is there: the first files did not say it. */
function typeOf({ float, int, text, tensor, floats, ints }: Parts): number {
  if (float !== undefined) return attributeType.float;
  if (int !== undefined) return attributeType.int;
  if (text !== undefined) return attributeType.text;
  if (tensor !== undefined) return attributeType.tensor;
  if (floats.length > 0) return attributeType.floats;
  return ints.length > 0 ? attributeType.ints : 0;
}

/** Absent values are the zero of their type, as in all of protobuf. */
function valueFrom({ float = 0, int = 0, text, floats, ints }: Parts, type: number): OnnxAttribute | undefined {
  switch (type) {
    case attributeType.float:
      return float;
    case attributeType.int:
      return int;
    case attributeType.text:
      // A copy: browsers do not decode shared memory. ONNX has bytes here, which need not be UTF-8.
      return text === undefined ? '' : decoder.decode(text.slice());
    case attributeType.floats:
      return floats;
    case attributeType.ints:
      return ints;
    default:
      return undefined;
  }
}
