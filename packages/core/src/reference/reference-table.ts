import type { ComputeKind } from '../ops/op-table.js';
import { adaptiveAvgPool2d } from './adaptive-avg-pool2d.js';
import { add } from './add.js';
import { avgPool2d } from './avg-pool2d.js';
import { batchNorm } from './batch-norm.js';
import { clip } from './clip.js';
import { concat } from './concat.js';
import { conv2d } from './conv2d.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { globalAvgPool } from './global-avg-pool.js';
import { globalMaxPool } from './global-max-pool.js';
import { hardSigmoid } from './hard-sigmoid.js';
import { leakyRelu } from './leaky-relu.js';
import { linear } from './linear.js';
import { lrn } from './lrn.js';
import { maxPool2d } from './max-pool2d.js';
import { mul } from './mul.js';
import type { OpReference } from './op-reference.js';
import { pad } from './pad.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { sigmoid } from './sigmoid.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { transpose } from './transpose.js';

/** Every op in float64. A kind without an entry does not compile. */
export const referenceTable: { readonly [K in ComputeKind]: OpReference<K> } = {
  conv2d,
  maxPool2d,
  avgPool2d,
  adaptiveAvgPool2d,
  globalAvgPool,
  globalMaxPool,
  concat,
  relu,
  linear,
  lrn,
  softmax,
  batchNorm,
  dropout,
  flatten,
  reshape,
  transpose,
  slice,
  pad,
  add,
  sigmoid,
  mul,
  clip,
  leakyRelu,
  hardSigmoid,
};
