import type { OpAttributes, OpKind } from '../ops/types.js';
import type { Shape } from '../tensor/shape.js';
import type { Bounds } from './bounds.js';
import type { Judged } from './judged.js';

/** What an op's reference is told besides inputs and attributes. */
export interface OpContext {
  /** The output's shape, as the op's shape rule gives it. */
  readonly shape: Shape;
  readonly bounds: Bounds;
  /** For batchNorm right after a conv2d, into which a backend may fold it: terms of that convolution's sums, bias included. */
  readonly foldedTerms?: number;
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
