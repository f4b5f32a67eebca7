import type { LayerBuilder, Tensor, Value } from '@strata/core';
import type { OperatorCase } from '../case.js';

/** A case being rebuilt: `give` makes a run-time input of one of its tensors, `bind` the weights of a parameter. */
export interface Rebuilding {
  readonly layers: LayerBuilder;
  readonly source: OperatorCase;
  /** The node's input at a position. `InputError` when the case has none there. */
  tensorAt(position: number): Tensor;
  /** Whether the node has an input at a position. */
  has(position: number): boolean;
  /** A run-time input that holds `value`; the node's own input at the position unless given. */
  give(position: number, value?: Tensor): Value;
  /** Weights for the parameter of that name. */
  bind(parameter: string, value: Tensor): void;
}

/** Builds a layer named `out` that computes what the ONNX node does. */
export type Rebuild = (rebuilding: Rebuilding) => Value;
