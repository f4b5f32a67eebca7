import { countElements, InputError, type Shape, type Tensor, tensor } from '@strata/core';
import type { OnnxAttribute, OnnxAttributes } from '@strata/formats/onnx';
import { readArray, readNumber, readNumbers, readRecord, readText } from '../json.js';

/** One official ONNX backend test: a model of one node, its inputs, and the outputs that must come out. */
export interface OperatorCase {
  readonly name: string;
  /** Version of ONNX's operator set that gives the node its meaning. */
  readonly opset: number;
  /** ONNX operator, `'Conv'`. */
  readonly op: string;
  readonly attributes: OnnxAttributes;
  /** The node's inputs in order, by name; `''` where an optional one is left out. */
  readonly inputNames: readonly string[];
  readonly outputName: string;
  /** All tensors that the case gives, stored weights and run-time inputs alike. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly want: Tensor;
}

/** Reads a file of one JSON case a line. Throws `InputError` that names the line. */
export function parseCases(text: string, where: string): OperatorCase[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => parseCase(JSON.parse(line), `${where}: line ${index + 1}`));
}

function parseCase(json: unknown, where: string): OperatorCase {
  const fields = readRecord(json, where);
  const nodes = readArray(fields.nodes, `${where}: nodes`);
  const outputs = readArray(fields.outputs, `${where}: outputs`);
  if (nodes.length !== 1 || outputs.length !== 1) {
    throw new InputError({ where, got: `${nodes.length} nodes, ${outputs.length} outputs`, want: 'one of each' });
  }
  const node = readRecord(nodes[0], `${where}: node`);
  const given = readArray(fields.inputs, `${where}: inputs`).map((input): [string, Tensor] => {
    const name = readText(readRecord(input, where).name, `${where}: input name`);
    return [name, parseTensor(input, `${where}: input ${name}`)];
  });
  const stored = Object.entries(readRecord(fields.initializers, `${where}: initializers`)).map(
    ([name, value]): [string, Tensor] => [name, parseTensor(value, `${where}: initializer ${name}`)],
  );
  return {
    name: readText(fields.name, `${where}: name`),
    opset: readNumber(fields.opset, `${where}: opset`),
    op: readText(node.op, `${where}: op`),
    attributes: parseAttributes(node.attrs, `${where}: attrs`),
    inputNames: readArray(node.inputs, `${where}: inputs`).map((name) => readText(name, `${where}: inputs`)),
    outputName: readText(readArray(node.outputs, `${where}: outputs`)[0], `${where}: outputs`),
    tensors: new Map([...stored, ...given]),
    want: parseTensor(outputs[0], `${where}: output`),
  };
}

function parseAttributes(json: unknown, where: string): OnnxAttributes {
  const entries = Object.entries(readRecord(json, where));
  return Object.fromEntries(entries.map(([name, value]) => [name, parseAttribute(value, `${where}: ${name}`)]));
}

function parseAttribute(value: unknown, where: string): OnnxAttribute {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return readNumbers(value, where);
}

function parseTensor(json: unknown, where: string): Tensor {
  const { dtype, dims, b64 } = readRecord(json, where);
  if (dtype !== 'float32') throw new InputError({ where, got: `dtype ${String(dtype)}`, want: 'float32' });
  const shape = readNumbers(dims, `${where}: dims`);
  return tensor(shape, decodeFloats(readText(b64, `${where}: b64`), shape));
}

/** Little-endian float32 from base64. */
function decodeFloats(base64: string, shape: Shape): Float32Array {
  const text = atob(base64);
  const bytes = new DataView(new ArrayBuffer(text.length));
  for (let i = 0; i < text.length; i++) bytes.setUint8(i, text.charCodeAt(i));
  return Float32Array.from({ length: countElements(shape) }, (_, i) => bytes.getFloat32(4 * i, true));
}
