import {
  type ComputeKind,
  inferShapes,
  LayerBuilder,
  type Model,
  type NodeOf,
  type Tensor,
  type Value,
} from '@strata/core';
import { Emitter } from '../../src/onnx/encoding/emitter.js';
import type { AttributeProto, NodeProto, TensorProto } from '../../src/onnx/generated/onnx_pb.js';
import { operatorTable } from '../../src/onnx/operators/operator-table.js';
import { importNode } from '../../src/onnx/reading/import-node.js';
import type { OnnxAttribute, OnnxNode } from '../../src/onnx/reading/types.js';

/** A model's nodes in ONNX's standard form, and what they need besides the weights. */
export function emitStandard({ graph }: Model): Emitter {
  const emitter = new Emitter(inferShapes(graph));
  for (const node of graph.nodes) if (node.op !== 'input' && node.op !== 'parameter') emitNode(node, emitter);
  return emitter;
}

export function emitNode<K extends ComputeKind>(node: NodeOf<K>, emitter: Emitter): void {
  operatorTable[node.op](node, emitter);
}

/** The model that the importers make of its ONNX nodes. */
export function reimport(model: Model): Model {
  const { nodes, constants } = emitStandard(model);
  const layers = new LayerBuilder();
  const weights: Record<string, Tensor> = {};
  const values = new Map<string, Value>();
  const known = new Map([...Object.entries(model.weights), ...constants.map(decodeConstant)]);
  for (const { name, op, attributes } of model.graph.nodes) {
    if (op === 'input') values.set(name, layers.input(name, attributes.shape));
  }
  for (const node of nodes.map(decodeNode)) {
    const { name, inputs, output } = node;
    const at = <T>(all: ReadonlyMap<string, T>, position: number): T => {
      const found = all.get(inputs[position]);
      if (found !== undefined) return found;
      throw new Error(`${name}: nothing at ${position}`);
    };
    const value = importNode({
      node,
      layers,
      valueAt: (position) => at(values, position),
      constantAt: (position) => at(known, position),
      bind(parameter, tensor) {
        weights[parameter] = tensor;
      },
    });
    values.set(output, value);
  }
  const outputs = model.graph.outputs.flatMap((name) => values.get(name) ?? []);
  return { graph: layers.build(outputs), weights };
}

/** An emitted node as the importers take it. */
export function decodeNode({ name = '', opType = '', input = [], output = [''], attribute = [] }: NodeProto): OnnxNode {
  const attributes = Object.fromEntries(attribute.map(decodeAttribute));
  return { name, op: opType, opset: 19, attributes, inputs: input, output: output[0] };
}

function decodeAttribute({ name = '', i, f, ints }: AttributeProto): [string, OnnxAttribute] {
  // The file has float32.
  return [name, i ?? (f === undefined ? undefined : Math.fround(f)) ?? ints ?? []];
}

/** Whole numbers as float64, which holds those of any axis. */
export function decodeConstant({ name = '', dims = [], floatData = [], int64Data }: TensorProto): [string, Tensor] {
  if (int64Data !== undefined) return [name, { shape: dims, dtype: 'float64', data: Float64Array.from(int64Data) }];
  return [name, { shape: dims, dtype: 'float32', data: Float32Array.from(floatData) }];
}
