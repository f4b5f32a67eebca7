import type { Graph, Tensor, Weights } from '@strata/core';

/** The inputs of one run, by name. */
export type Inputs = Readonly<Record<string, Tensor>>;

/** A model and the runs that one executable of it makes, one after another; their sizes may differ. */
export interface Trial {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly runs: readonly Inputs[];
  /** Whether values are constant, sorted, repeated, cancelling or of wide range: roundings in sums then add up. */
  readonly structured: boolean;
}
