import type { Node } from '../graph/graph.js';
import type { OpAttributes, OpKind } from '../ops/op-table.js';
import type { Shape } from '../tensor/shape.js';
import type { Bounds } from './bounds.js';
import type { Judged } from './judged.js';

/** What an op's reference is told besides inputs and attributes. */
export interface OpContext {
  /** The output's shape, as the op's shape rule gives it. */
  readonly shape: Shape;
  readonly bounds: Bounds;
  /** For each input, what computed it; `undefined` where nothing did, or where a backend's own value took its place. */
  readonly producers?: readonly (Producer | undefined)[];
}

/** A node before this one, to which a backend may join this one. */
export interface Producer {
  readonly node: Node;
  /** Shapes of what it reads. */
  readonly inputs: readonly Shape[];
  /** What computed each of them, as in `OpContext`. */
  readonly producers: readonly (Producer | undefined)[];
  /** Whether nothing else reads its value, and it is no output of the graph: else a backend has to keep it as it is. */
  readonly alone: boolean;
}

/**
 * An op in float64: from inputs that fit (the shape rule is not checked again) to the exact result for the inputs'
 * values, and a tolerance that holds for a right implementation whose inputs are anywhere within theirs. Weights are
 * exact: their tolerance is not read; what a short format does to them is in the op's own bound.
 */
export type OpReference<K extends OpKind> = (
  inputs: readonly Judged[],
  attributes: OpAttributes[K],
  context: OpContext,
) => Judged;
