import type { Agreement } from '@strata/core/reference';

/** One of the two backends, in the order in which they were given. */
export type Place = 'first' | 'second';

/** The same of both backends. */
export type OfBoth<T> = Readonly<Record<Place, T>>;

/**
 * One layer of the observed run. Each backend's agreement is with the reference started from what that backend itself
 * gave to the layer, so an error that came in does not count.
 */
export interface LayerDifference extends OfBoth<Agreement> {
  /** `inception4c.branch2`: the value after the layer's activation. */
  readonly name: string;
  /** Largest difference of the two backends' values as a share of the largest that the first gave. */
  readonly difference: number;
}

/** The layers whose names begin with the same word, and the worst of each of their numbers. */
export interface StageDifference extends OfBoth<number> {
  /** `inception4c`. */
  readonly name: string;
  readonly difference: number;
  readonly layers: readonly LayerDifference[];
}

/** How one backend did on an output of the graph, against the reference from the picture on. */
export interface OutputAgreement {
  /** Nothing else observed, all fusion on. */
  readonly shipped: Agreement;
  /** With all layers observed. */
  readonly observed: Agreement;
  /** Shipped against observed, within the sum of both tolerances. */
  readonly betweenRuns: Agreement;
}

/** One of the graph's own outputs. */
export interface OutputDifference extends OfBoth<OutputAgreement> {
  readonly name: string;
  /** The first backend's shipped output against the second's, within the sum of both tolerances. */
  readonly between: Agreement;
}

/** Where two backends diverge. */
export interface Divergence extends OfBoth<Agreement> {
  readonly stage: string;
  readonly layer: string;
  /** `'layer'`: the layer is wrong by itself. `'network'`: each layer is right, but an output of the whole is not. */
  readonly scope: 'layer' | 'network';
  /** Which backends are outside the tolerance; none when only the two differ by more than the sum of theirs. */
  readonly wrong: readonly Place[];
}

/** How a network went on two backends. Plain data. */
export interface NetworkDifference {
  /** In graph order. */
  readonly stages: readonly StageDifference[];
  readonly outputs: readonly OutputDifference[];
  /** `undefined` when the backends agree. */
  readonly firstDiverging: Divergence | undefined;
}
