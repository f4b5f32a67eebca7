import type { ComputeKind, NodeOf, Shape, Tensor } from '@strata/core';
import type * as tf from '@tensorflow/tfjs-core';
import type { Value } from '../layout.js';
import type { Traits } from '../traits.js';

/** What a lowering may use while a graph is prepared. */
export interface PrepareTools {
  /** What the device's kernels cannot do. */
  readonly traits: Traits;
  /** Names of the max pools whose kernels may meet, and whose results show, numbers far below zero. */
  readonly lowPools: ReadonlySet<string>;
  /** The weights of a parameter, on the host. */
  host(parameter: string): Tensor;
  /**
   * A tensor that stays on the device as long as the program; `make` gives its values. `key` says what is made of which
   * parameters, a part for each: nodes that share the key share the tensor. Not one text, as names are any text.
   */
  constant(key: readonly (string | number)[], shape: Shape, make: () => Float32Array): tf.Tensor;
}

/** Computes a node. Runs in a tidy scope; inputs that are parameters of weighted ops were bound before. */
export type Step = (inputs: readonly Value[]) => Value;

/** How one op becomes calls of tfjs. */
export interface Lowering<K extends ComputeKind> {
  /** Uploads what the node needs and returns what computes it from its other inputs, in order. */
  prepare(node: NodeOf<K>, tools: PrepareTools): Step;
}
