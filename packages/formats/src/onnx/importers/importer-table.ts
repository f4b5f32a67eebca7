import type { Importer } from '../reading/types.js';
import { add } from './add.js';
import { averagePool } from './average-pool.js';
import { batchNormalization } from './batch-normalization.js';
import { cast } from './cast.js';
import { clip } from './clip.js';
import { concat } from './concat.js';
import { conv } from './conv.js';
import { div } from './div.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { gemm } from './gemm.js';
import { globalAveragePool } from './global-average-pool.js';
import { globalMaxPool } from './global-max-pool.js';
import { hardSigmoid } from './hard-sigmoid.js';
import { hardSwish } from './hard-swish.js';
import { identity } from './identity.js';
import { leakyRelu } from './leaky-relu.js';
import { lrn } from './lrn.js';
import { matMul } from './mat-mul.js';
import { maxPool } from './max-pool.js';
import { mul } from './mul.js';
import { pad } from './pad.js';
import { reduceMean } from './reduce-mean.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { sigmoid } from './sigmoid.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { sub } from './sub.js';
import { sum } from './sum.js';
import { transpose } from './transpose.js';

/** ONNX operator → layers. */
export const importerTable: Readonly<Record<string, Importer>> = {
  Add: add,
  AveragePool: averagePool,
  BatchNormalization: batchNormalization,
  Cast: cast,
  Concat: concat,
  Conv: conv,
  Div: div,
  Dropout: dropout,
  Flatten: flatten,
  Pad: pad,
  Reshape: reshape,
  Slice: slice,
  Transpose: transpose,
  Gemm: gemm,
  GlobalAveragePool: globalAveragePool,
  GlobalMaxPool: globalMaxPool,
  HardSwish: hardSwish,
  Identity: identity,
  LRN: lrn,
  MatMul: matMul,
  MaxPool: maxPool,
  Mul: mul,
  ReduceMean: reduceMean,
  Relu: relu,
  Sigmoid: sigmoid,
  Softmax: softmax,
  Sub: sub,
  Sum: sum,
  Clip: clip,
  LeakyRelu: leakyRelu,
  HardSigmoid: hardSigmoid,
};
