/** Where a library's kernels do less than tfjs' own definition of an op. */
export interface Traits {
  /** Whether its pools take padding. */
  readonly poolsPad: boolean;
  /** Whether its convolutions take dilation on every processor. */
  readonly convolutionsDilate: boolean;
  /** Whether its depthwise convolution may step differently along rows and columns. */
  readonly depthwiseStepsDiffer: boolean;
  /** Whether its relu makes zero of minus infinity. */
  readonly reluTakesInfinity: boolean;
}

/** Everything that tfjs itself defines. */
export const fullTraits: Traits = {
  poolsPad: true,
  convolutionsDilate: true,
  depthwiseStepsDiffer: true,
  reluTakesInfinity: true,
};
