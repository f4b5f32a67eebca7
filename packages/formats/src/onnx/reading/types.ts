import type { LayerBuilder, Tensor, Value } from '@strata/core';

/** The value of an attribute. */
export type OnnxAttribute = number | string | readonly number[];

/** A node's attributes by name, those that it sets. */
export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

/** One node of an ONNX graph. */
export interface OnnxNode {
  /** What messages call it. */
  readonly name: string;
  /** ONNX operator, `'Conv'`. */
  readonly op: string;
  /** Version of ONNX's operator set that gives the node its meaning. */
  readonly opset: number;
  readonly attributes: OnnxAttributes;
  /** Names of values in order; `''` where an optional one is left out. */
  readonly inputs: readonly string[];
  /** The name of its first output, and so of the layer that computes it. */
  readonly output: string;
}

/** A node being turned into layers, and what the graph around it has to give. */
export interface Importing {
  readonly node: OnnxNode;
  readonly layers: LayerBuilder;
  /** The run-time value of the input at a position. `InputError` when the node has none there. */
  valueAt(position: number): Value;
  /** The constant at a position. `InputError` when there is none, or it is computed at run time. */
  constantAt(position: number): Tensor;
  /** Weights for the parameter of that name. */
  bind(parameter: string, value: Tensor): void;
}

/** Builds the layer that computes what the ONNX node does, named as the node's output. */
export type Importer = (importing: Importing) => Value;
