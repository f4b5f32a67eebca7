import type { ComputeKind } from '@strata/core';
import type fc from 'fast-check';
import type { Trial } from '../trial.js';
import { adaptiveAvgPool2dTrials } from './adaptive-avg-pool2d.js';
import { addTrials } from './add.js';
import { avgPool2dTrials } from './avg-pool2d.js';
import { batchNormTrials } from './batch-norm.js';
import { clipTrials } from './clip.js';
import { concatTrials } from './concat.js';
import { conv2dTrials } from './conv2d.js';
import { dropoutTrials } from './dropout.js';
import { flattenTrials } from './flatten.js';
import { globalAvgPoolTrials } from './global-avg-pool.js';
import { globalMaxPoolTrials } from './global-max-pool.js';
import { hardSigmoidTrials } from './hard-sigmoid.js';
import { leakyReluTrials } from './leaky-relu.js';
import { linearTrials } from './linear.js';
import { lrnTrials } from './lrn.js';
import { maxPool2dTrials } from './max-pool2d.js';
import { mulTrials } from './mul.js';
import { padTrials } from './pad.js';
import { reluTrials } from './relu.js';
import { reshapeTrials } from './reshape.js';
import { sigmoidTrials } from './sigmoid.js';
import { sliceTrials } from './slice.js';
import { softmaxTrials } from './softmax.js';
import { transposeTrials } from './transpose.js';

/** Trials of every op. A kind without an entry does not compile. */
export const generators: { readonly [K in ComputeKind]: fc.Arbitrary<Trial> } = {
  conv2d: conv2dTrials,
  maxPool2d: maxPool2dTrials,
  avgPool2d: avgPool2dTrials,
  adaptiveAvgPool2d: adaptiveAvgPool2dTrials,
  globalAvgPool: globalAvgPoolTrials,
  globalMaxPool: globalMaxPoolTrials,
  concat: concatTrials,
  relu: reluTrials,
  linear: linearTrials,
  lrn: lrnTrials,
  softmax: softmaxTrials,
  batchNorm: batchNormTrials,
  dropout: dropoutTrials,
  flatten: flattenTrials,
  reshape: reshapeTrials,
  transpose: transposeTrials,
  slice: sliceTrials,
  pad: padTrials,
  add: addTrials,
  sigmoid: sigmoidTrials,
  mul: mulTrials,
  clip: clipTrials,
  leakyRelu: leakyReluTrials,
  hardSigmoid: hardSigmoidTrials,
};
