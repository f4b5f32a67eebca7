import { type AttributeProto, ModelProto, type NodeProto, type TensorProto } from '../../src/onnx/generated/onnx_pb.js';

/** The value of an attribute: a text, numbers that are all whole, or one number; `{ float }` for a float. */
type Attribute = string | number | readonly number[] | { readonly float: number } | { readonly tensor: TensorProto };

/** A node of a file that a test makes. */
export function node(
  opType: string,
  inputs: readonly string[],
  output: string | readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): NodeProto {
  const outputs = typeof output === 'string' ? [output] : output;
  const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value));
  return { opType, name: outputs[0], input: inputs, output: outputs, attribute };
}

function attributeOf(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'string') return { name, type: 3, s: new TextEncoder().encode(value) };
  if (typeof value === 'number') return { name, type: 2, i: value };
  if ('float' in value) return { name, type: 1, f: value.float };
  return 'tensor' in value ? { name, type: 4, t: value.tensor } : { name, type: 7, ints: value };
}

/** A float32 initialiser. */
export function floats(name: string, dims: readonly number[], floatData: readonly number[]): TensorProto {
  return { name, dims, dataType: 1, floatData };
}

/** An int64 initialiser; one axis unless it has a shape. */
export function wholes(name: string, int64Data: readonly number[], dims = [int64Data.length]): TensorProto {
  return { name, dims, dataType: 7, int64Data };
}

/** What a file has; inputs are float32. */
export interface OnnxParts {
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly nodes: readonly NodeProto[];
  readonly outputs: readonly string[];
  readonly constants?: readonly TensorProto[];
  readonly opset?: number;
}

/** The bytes of an ONNX file. */
export function onnxOf({ inputs, nodes, outputs, constants = [], opset = 17 }: OnnxParts): Uint8Array {
  const input = Object.entries(inputs).map(([name, shape]) => ({
    name,
    type: {
      tensorType: {
        elemType: 1,
        shape: { dim: shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size })) },
      },
    },
  }));
  const graph = { name: 'g', node: nodes, input, output: outputs.map((name) => ({ name })), initializer: constants };
  return ModelProto.encode({ irVersion: 8, producerName: 'test', opsetImport: [{ version: opset }], graph }).finish();
}
