import { type Dim, inferShapes, type Model, type NodeOf, nodesOf } from '@strata/core';
import {
  ModelProto,
  type TensorProto,
  TensorProto_DataType,
  type TensorShapeProto_Dimension,
  type ValueInfoProto,
} from '../generated/onnx_pb.js';
import { lowerNode } from '../lowerings/lowering-table.js';
import { Emitter } from './emitter.js';
import { IR_VERSION, OPSET } from './opset.js';
import { bytesOf, encodeExternal, encodeInline } from './tensors.js';

/** A network as ONNX Runtime takes it. */
export interface EncodedModel {
  /** The protobuf `ModelProto`. */
  readonly bytes: Uint8Array;
  /** The bytes of the larger weights; `path` is their location in the model. Views on the weights, not copies. */
  readonly externalData: readonly { readonly path: string; readonly data: Uint8Array }[];
  /** For each output of the graph, in order, the name of its value in the ONNX model. */
  readonly outputs: readonly { readonly name: string; readonly onnxName: string }[];
}

/** Weights of more bytes than this stay outside the model: encoding them into it would copy 24 MB three times. */
const INLINE_BYTES = 1024;

/** Encodes a verified model whose weights fit; those of more than `inlineBytes` bytes stay outside. */
export function encodeModel({ graph, weights }: Model, { inlineBytes = INLINE_BYTES } = {}): EncodedModel {
  const emitter = new Emitter(inferShapes(graph));
  const initializers: TensorProto[] = [];
  const externalData: { path: string; data: Uint8Array }[] = [];
  for (const node of graph.nodes) {
    if (node.op === 'parameter') {
      const weight = weights[node.name];
      if (weight.data.byteLength <= inlineBytes) {
        initializers.push(encodeInline(node.name, weight));
      } else {
        const path = `weight${externalData.length}`;
        externalData.push({ path, data: bytesOf(weight.data) });
        initializers.push(encodeExternal(node.name, weight, path));
      }
    } else if (node.op !== 'input') {
      lowerNode(node, emitter);
    }
  }
  const computed = new Set(emitter.nodes.flatMap(({ output }) => output));
  const outputs = graph.outputs.map((name) => ({
    name,
    // An input or a parameter can not itself be an output of an ONNX graph.
    onnxName: computed.has(name) ? name : emitter.emit(emitter.fresh(name, 'output'), 'Identity', [name]),
  }));
  const model: ModelProto = {
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: 'strata',
    graph: {
      name: 'strata',
      node: emitter.nodes,
      initializer: [...initializers, ...emitter.constants],
      input: nodesOf(graph, 'input').map(encodeInput),
      output: outputs.map(({ onnxName }) => encodeOutput(onnxName)),
    },
  };
  return { bytes: ModelProto.encode(model).finish(), externalData, outputs };
}

function encodeInput({ name, attributes }: NodeOf<'input'>): ValueInfoProto {
  const shape = { dim: attributes.shape.map(encodeDim) };
  return { name, type: { tensorType: { elemType: TensorProto_DataType.FLOAT, shape } } };
}

/** Without a shape: ONNX Runtime infers it. */
function encodeOutput(name: string): ValueInfoProto {
  return { name, type: { tensorType: { elemType: TensorProto_DataType.FLOAT } } };
}

function encodeDim(size: Dim): TensorShapeProto_Dimension {
  return typeof size === 'number' ? { dimValue: size } : { dimParam: size };
}
