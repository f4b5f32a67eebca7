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
import { importNode } from '../../src/onnx/reading/import-node.js';
import { decodeConstant, decodeNode, emitNode } from './reimport.js';

/** What a layer is, whatever its parameters are called: numbers as float32, axes counted from the first. */
interface Layer {
  readonly op: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Shapes of all inputs, and values of those that are parameters of the layer. */
  readonly inputs: readonly unknown[];
}

/** A node of a model as `readBack` ought to give it. */
export function layerOf<K extends ComputeKind>(node: NodeOf<K>, { graph, weights }: Model): Layer {
  const shapes = inferShapes(graph);
  const rank = shapes.get(node.inputs[0])?.length ?? 0;
  const normal = (name: string, value: unknown): unknown => {
    if (typeof value !== 'number') return value;
    return name === 'axis' && value < 0 ? value + rank : Math.fround(value);
  };
  const attributes = Object.entries(node.attributes).map(([name, value]) => [name, normal(name, value)]);
  return {
    op: node.op,
    attributes: Object.fromEntries(attributes),
    inputs: node.inputs.map((name) => weights[name] ?? shapes.get(name)),
  };
}

/** The layer that the importers make of a node's standard form. Throws where that is not one ONNX node. */
export function readBack<K extends ComputeKind>(node: NodeOf<K>, { graph, weights }: Model): Layer {
  const shapes = inferShapes(graph);
  const emitter = new Emitter(shapes);
  emitNode(node, emitter);
  const [emitted, ...others] = emitter.nodes.map(decodeNode);
  if (others.length > 0) throw new Error(`${node.op}: ${emitter.nodes.map(({ opType }) => opType).join(', ')}`);
  const constants: Record<string, Tensor> = {
    ...weights,
    ...Object.fromEntries(emitter.constants.map(decodeConstant)),
  };
  const layers = new LayerBuilder();
  const bound: Record<string, Tensor> = {};
  const values = new Map<string, Value>();
  const value = importNode({
    node: emitted,
    layers,
    valueAt(position) {
      const name = emitted.inputs[position];
      const found = values.get(name) ?? layers.input(name, shapes.get(name) ?? []);
      values.set(name, found);
      if (name in weights) bound[name] = weights[name];
      return found;
    },
    constantAt: (position) => constants[emitted.inputs[position]],
    bind(parameter, tensor) {
      bound[parameter] = tensor;
    },
  });
  const read = layers.build([value]);
  const made = read.nodes.find(({ name }) => name === value.name);
  if (made === undefined || made.op === 'input' || made.op === 'parameter') throw new Error(`${node.op}: no layer`);
  return layerOf(made, { graph: read, weights: bound });
}
