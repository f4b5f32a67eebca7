import type { ComputeKind } from '@strata/core';
import { addLaws } from './add.js';
import { batchLaws } from './batch.js';
import { convLaws } from './conv.js';
import type { Law } from './law.js';
import { lrnLaws } from './lrn.js';
import { mulLaws } from './mul.js';
import { poolLaws } from './pool.js';
import { softmaxLaws } from './softmax.js';

export { checkLaw } from './check-law.js';
export type { Law, LawCase, Side } from './law.js';

/** All equations that a right backend keeps. They need no oracle for values, only for how far rounding may carry. */
export const laws: readonly Law[] = [
  ...convLaws,
  ...poolLaws,
  ...batchLaws,
  ...lrnLaws,
  ...softmaxLaws,
  ...addLaws,
  ...mulLaws,
];

/** Ops of which no law speaks, with the reason. Every other op stands in the `ops` of at least one law. */
export const opsWithoutLaw: Partial<Record<ComputeKind, string>> = {
  dropout: 'gives its input back: the reference needs no help',
  flatten: 'keeps every number where it is: the reference needs no help',
  sigmoid: 'works on each number by itself: the reference needs no help',
  clip: 'works on each number by itself: the reference needs no help',
  leakyRelu: 'works on each number by itself: the reference needs no help',
  hardSigmoid: 'works on each number by itself: the reference needs no help',
  reshape: 'keeps every number where it is: the reference needs no help',
  transpose: 'moves numbers and computes none: the reference needs no help',
  slice: 'picks numbers and computes none: the reference needs no help',
  pad: 'moves numbers and computes none: the reference needs no help',
};
