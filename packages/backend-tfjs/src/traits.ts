/** Where a library's kernels support less than tfjs' own definition of an op. */
export interface Traits {
  /** Whether numbers from the host are where kernels read them as soon as a tensor is made of them. */
  readonly uploadsAtOnce: boolean;
  /** Whether its pools take padding. */
  readonly poolsPad: boolean;
  /** Whether a max pool of minus infinities gives minus infinity. */
  readonly maxPoolGivesInfinity: boolean;
  /** Whether its convolutions take dilation on every processor. */
  readonly convolutionsDilate: boolean;
  /** Whether its depthwise convolution may step differently along rows and columns. */
  readonly depthwiseStepsDiffer: boolean;
  /** Whether its relu turns minus infinity into zero, and its leakyRelu takes infinities. */
  readonly reluTakesInfinity: boolean;
}

/** Everything that tfjs itself defines. */
export const fullTraits: Traits = {
  uploadsAtOnce: true,
  poolsPad: true,
  maxPoolGivesInfinity: true,
  convolutionsDilate: true,
  depthwiseStepsDiffer: true,
  reluTakesInfinity: true,
};
