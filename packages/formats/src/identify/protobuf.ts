import { latin1 } from './bytes.js';
import { type Identity, identityOf } from './formats.js';

/** One field of a message: its number, whether it is a number or bytes, and where its bytes lie. */
interface Field {
  readonly number: number;
  readonly wire: Wire;
  readonly start: number;
  /** As the file says, which may lie beyond its end. */
  readonly end: number;
}

type Wire = 'varint' | 'bytes' | 'other';

/** Fields of the outermost message that are looked at: a network of a thousand layers shows itself in the first. */
const mostFields = 64;

/** The version of ONNX's format is 13 today. */
const mostOnnxVersion = 64;

/** ONNX's `ModelProto`, Caffe's `NetParameter`: what each field of theirs is. */
const onnxFields: Readonly<Record<number, Wire>> = {
  ...{ 1: 'varint', 2: 'bytes', 3: 'bytes', 4: 'bytes', 5: 'varint', 6: 'bytes', 7: 'bytes', 8: 'bytes' },
  ...{ 14: 'bytes', 20: 'bytes', 25: 'bytes', 26: 'bytes' },
};
const caffeFields: Readonly<Record<number, Wire>> = {
  ...{
    1: 'bytes',
    2: 'bytes',
    3: 'bytes',
    4: 'varint',
    5: 'varint',
    6: 'bytes',
    7: 'varint',
    8: 'bytes',
    100: 'bytes',
  },
};

/** A network stored as a protobuf message, which has no signature: it is told by the fields that it begins with. */
export function findProtobuf(bytes: Uint8Array): Identity | undefined {
  const fields = readFields(bytes);
  if (fields.length === 0) return undefined;
  const last = fields[fields.length - 1];
  const cut = { has: bytes.length, needs: last.end };
  if (isOnnx(bytes, fields)) return identityOf('onnx', cut);
  if (isTensorflow(bytes, fields)) return identityOf('tensorflow', cut);
  const caffe = findCaffe(bytes, fields);
  return caffe === undefined ? undefined : identityOf(caffe, cut);
}

/** The version of its format, then who made it, or at once the graph. */
function isOnnx(bytes: Uint8Array, fields: readonly Field[]): boolean {
  const [version, second] = fields;
  if (!fits(fields, onnxFields) || version.number !== 1 || bytes[version.start] > mostOnnxVersion) return false;
  return fields.some(({ number }) => number === 7) || (second?.number === 2 && isName(bytes, second));
}

/** A name, if any, then layers: of today in field 100, of before in field 2. */
function findCaffe(bytes: Uint8Array, fields: readonly Field[]): 'caffe' | 'caffe-v0' | undefined {
  const [first] = fields;
  if (!fits(fields, caffeFields) || (first.number === 1 && !isName(bytes, first))) return undefined;
  const layer = fields.find(({ number }) => number === 2 || number === 100);
  const start = layer === undefined ? undefined : bytes[layer.start];
  if (layer?.number === 100) return start === 0x0a ? 'caffe' : undefined;
  // In the oldest format a layer's first field is a whole layer of its own; later it is an input, output or name.
  if (start === 0x0a) return 'caffe-v0';
  return start === 0x12 || start === 0x1a || start === 0x22 ? 'caffe' : undefined;
}

function fits(fields: readonly Field[], known: Readonly<Record<number, Wire>>): boolean {
  return fields.every(({ number, wire }) => known[number] === wire);
}

/** A saved model (schema, then graphs) or a frozen graph, whose first field is a node: a message, not a text. */
function isTensorflow(bytes: Uint8Array, fields: readonly Field[]): boolean {
  const [first, second] = fields;
  if (fits(fields, { 1: 'varint', 2: 'bytes' })) return second?.number === 2 && bytes[second.start] === 0x0a;
  return first.number === 1 && first.wire === 'bytes' && bytes[first.start] === 0x0a && second?.number === 1;
}

/** Whether a field is a short text, as names are. */
function isName(bytes: Uint8Array, { start, end }: Field): boolean {
  return /^[ -~]{0,200}$/.test(latin1(bytes, start, Math.min(end, start + 201)));
}

/** The first fields of the message; none where the bytes are no message. Of a field beyond the end there is no next. */
function readFields(bytes: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < bytes.length && fields.length < mostFields) {
    const tag = readVarint(bytes, at);
    if (tag === undefined) break;
    const number = Math.floor(tag.value / 8);
    const start = tag.end;
    const value = readVarint(bytes, start);
    if (number === 0 || value === undefined) return at === 0 || number === 0 ? [] : fields;
    const wire = wireOf(tag.value % 8);
    if (wire === 'other') return [];
    const field = wire === 'varint' ? { start, end: value.end } : { start: value.end, end: value.end + value.value };
    fields.push({ number, wire, ...field });
    at = field.end;
  }
  return fields;
}

function wireOf(type: number): Wire {
  if (type === 0) return 'varint';
  return type === 2 ? 'bytes' : 'other';
}

/** A whole number in groups of 7 bits, the lowest first; `undefined` where the file ends in it or it is too large. */
function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let at = start, factor = 1; at < bytes.length && at < start + 10; at++, factor *= 128) {
    value += (bytes[at] & 0x7f) * factor;
    if (bytes[at] < 0x80) return { value, end: at + 1 };
  }
  return undefined;
}
