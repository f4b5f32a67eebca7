import { type ComputeKind, inferShapes, type Model, type NodeOf, nodesOf } from '@strata/core';
import { ModelProto, type NodeProto } from '../generated/onnx_pb.js';
import type { OperatorTable } from '../operators/types.js';
import { describeModel, encodeValue, nameOpenSizes, type OnnxDescription } from './describe-model.js';
import { Emitter } from './emitter.js';
import { type EncodedWeights, encodeWeights, type StoredPrecision } from './encode-weights.js';
import { type OnnxNaming, withOnnxNames } from './names.js';
import { IR_VERSION, OPSET } from './opset.js';

/** A network as an ONNX model, and what stays outside it. */
export interface EncodedModel {
  /** The protobuf `ModelProto`. */
  readonly bytes: Uint8Array;
  /** The bytes of the larger weights; `path` is their location in the model. Views on the weights, not copies. */
  readonly externalData: readonly { readonly path: string; readonly data: Uint8Array }[];
  /** For each output of the graph, in order, the name of its value in the ONNX model. */
  readonly outputs: readonly OnnxNaming[];
  /** The same for its inputs. */
  readonly inputs: readonly OnnxNaming[];
  /** The same for those of its open sizes that have another name in the model. */
  readonly sizes: readonly OnnxNaming[];
}

/** Weights of more bytes than this stay outside the model: encoding them into it would copy 24 MB three times. */
const INLINE_BYTES = 1024;

/** How a model is encoded. */
export interface EncodeOptions {
  readonly inlineBytes?: number;
  readonly precision?: StoredPrecision;
  /** For a file that others read: it then says what it is, and the shapes of its outputs, which runtimes infer. */
  readonly description?: OnnxDescription;
}

/**
 * Encodes a verified model whose weights fit, each op by its entry of `operators`: `operatorTable`, or one that differs
 * from it where a runtime needs that. Weights of more than `inlineBytes` bytes stay outside, unless they are stored as
 * float16.
 */
export function encodeModel(
  model: Model,
  operators: OperatorTable,
  { inlineBytes = INLINE_BYTES, precision = 'float32', description }: EncodeOptions = {},
): EncodedModel {
  const renamed = withOnnxNames(model);
  const { graph, namings, sizes } = renamed;
  const emitter = new Emitter(inferShapes(graph));
  const weights = encodeWeights(renamed, emitter, { inlineBytes, precision });
  for (const node of graph.nodes)
    if (node.op !== 'input' && node.op !== 'parameter') emitNode(node, operators, emitter);
  const computed = new Set(emitter.nodes.flatMap(({ output }) => output));
  const outputs = graph.outputs.map((name) => ({
    node: name,
    name: namings.ours(name),
    // An input or a parameter cannot itself be an output of an ONNX graph.
    onnxName: computed.has(name) ? name : emitter.emit(emitter.fresh(name, 'output'), 'Identity', [name]),
  }));
  const shapeOf = description === undefined ? undefined : nameOpenSizes(graph);
  const encoded: ModelProto = {
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: 'strata',
    ...(description === undefined ? {} : describeModel(description)),
    graph: {
      name: description?.name ?? 'strata',
      node: [...weights.casts, ...emitter.nodes.map((node) => readWeights(node, weights))],
      initializer: [...weights.initializers, ...emitter.constants],
      input: nodesOf(graph, 'input').map(({ name, attributes }) => encodeValue(name, attributes.shape)),
      output: outputs.map(({ node, onnxName }) => encodeValue(onnxName, shapeOf?.(node))),
    },
  };
  return {
    bytes: ModelProto.encode(encoded).finish(),
    externalData: weights.externalData,
    outputs: outputs.map(({ name, onnxName }) => ({ name, onnxName })),
    sizes,
    inputs: nodesOf(graph, 'input').map(({ name }) => ({ name: namings.ours(name), onnxName: name })),
  };
}

/** A node that reads weights under the names that they are read as. */
function readWeights(node: NodeProto, { readAs }: EncodedWeights): NodeProto {
  return readAs.size === 0 ? node : { ...node, input: node.input?.map((name) => readAs.get(name) ?? name) };
}

function emitNode<K extends ComputeKind>(node: NodeOf<K>, operators: OperatorTable, emitter: Emitter): void {
  operators[node.op](node, emitter);
}
