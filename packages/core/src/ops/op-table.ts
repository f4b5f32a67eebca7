import { addSpec } from './add.js';
import { avgPool2dSpec } from './avg-pool2d.js';
import { batchNormSpec } from './batch-norm.js';
import { concatSpec } from './concat.js';
import { conv2dSpec } from './conv2d.js';
import { dropoutSpec } from './dropout.js';
import { flattenSpec } from './flatten.js';
import { globalAvgPoolSpec } from './global-avg-pool.js';
import { inputSpec } from './input.js';
import { linearSpec } from './linear.js';
import { lrnSpec } from './lrn.js';
import { maxPool2dSpec } from './max-pool2d.js';
import { parameterSpec } from './parameter.js';
import { reluSpec } from './relu.js';
import { softmaxSpec } from './softmax.js';
import type { OpKind, OpSpec } from './types.js';

/** The meaning of every op. A kind without an entry does not compile. */
export const opTable: { readonly [K in OpKind]: OpSpec<K> } = {
  input: inputSpec,
  parameter: parameterSpec,
  conv2d: conv2dSpec,
  maxPool2d: maxPool2dSpec,
  avgPool2d: avgPool2dSpec,
  globalAvgPool: globalAvgPoolSpec,
  concat: concatSpec,
  relu: reluSpec,
  linear: linearSpec,
  lrn: lrnSpec,
  softmax: softmaxSpec,
  batchNorm: batchNormSpec,
  dropout: dropoutSpec,
  flatten: flattenSpec,
  add: addSpec,
};

export function isOpKind(text: string): text is OpKind {
  return Object.hasOwn(opTable, text);
}

/** The kinds that compute, in table order. */
export const computeKinds = Object.keys(opTable).filter(isComputeKind);

function isComputeKind(kind: string): kind is Exclude<OpKind, 'input' | 'parameter'> {
  return isOpKind(kind) && kind !== 'input' && kind !== 'parameter';
}
