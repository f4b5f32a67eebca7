import type { Importer } from '../reading/types.js';
import { add } from './add.js';
import { averagePool } from './average-pool.js';
import { batchNormalization } from './batch-normalization.js';
import { concat } from './concat.js';
import { conv } from './conv.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { gemm } from './gemm.js';
import { globalAveragePool } from './global-average-pool.js';
import { identity } from './identity.js';
import { lrn } from './lrn.js';
import { maxPool } from './max-pool.js';
import { mul } from './mul.js';
import { relu } from './relu.js';
import { sigmoid } from './sigmoid.js';
import { softmax } from './softmax.js';

/** ONNX operator → layers. */
export const importerTable: Readonly<Record<string, Importer>> = {
  Add: add,
  AveragePool: averagePool,
  BatchNormalization: batchNormalization,
  Concat: concat,
  Conv: conv,
  Dropout: dropout,
  Flatten: flatten,
  Gemm: gemm,
  GlobalAveragePool: globalAveragePool,
  Identity: identity,
  LRN: lrn,
  MaxPool: maxPool,
  Mul: mul,
  Relu: relu,
  Softmax: softmax,
  Sigmoid: sigmoid,
};
