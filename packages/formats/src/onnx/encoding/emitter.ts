import { freshName, GraphError, type SymbolicShape } from '@strata/core';
import type { NodeProto, TensorProto } from '../generated/onnx_pb.js';
import { type AttributeValues, encodeAttributes } from './attributes.js';
import { encodeFloats, encodeInts } from './tensors.js';

/** Collects the ONNX nodes and constants that operators emit. Values are known by name, as in ONNX. */
export class Emitter {
  readonly nodes: NodeProto[] = [];
  readonly constants: TensorProto[] = [];
  readonly #shapes: ReadonlyMap<string, SymbolicShape>;
  readonly #taken: Set<string>;

  /** For a graph whose nodes have these shapes. */
  constructor(shapes: ReadonlyMap<string, SymbolicShape>) {
    this.#shapes = shapes;
    this.#taken = new Set(shapes.keys());
  }

  /** The shape of one of the graph's nodes, as far as the graph knows it. */
  shapeOf(node: string): SymbolicShape {
    const shape = this.#shapes.get(node);
    if (shape !== undefined) return shape;
    throw new GraphError({ where: node, got: 'no such node', want: 'a node of the graph that is encoded' });
  }

  /** Adds a node with one output and returns the output's name. An input may be '' where ONNX lets it be left out. */
  emit(output: string, opType: string, inputs: readonly string[], attributes: AttributeValues = {}): string {
    this.nodes.push({
      name: output,
      opType,
      input: inputs,
      output: [output],
      attribute: encodeAttributes(attributes),
    });
    return output;
  }

  /** A name that nothing has: `base:what`. */
  fresh(base: string, what: string): string {
    return freshName(`${base}:${what}`, this.#taken);
  }

  /** A float32 constant; a scalar unless it has a shape. Returns its name. */
  floats(base: string, what: string, values: readonly number[], shape: readonly number[] = []): string {
    const name = this.fresh(base, what);
    this.constants.push(encodeFloats(name, values, shape));
    return name;
  }

  /** A one-dimensional int64 constant, as shapes and axes are. Returns its name. */
  ints(base: string, what: string, values: readonly number[]): string {
    const name = this.fresh(base, what);
    this.constants.push(encodeInts(name, values));
    return name;
  }
}
