import type { ComputeKind, NodeOf } from '@strata/core';
import type { Emitter } from '../model/emitter.js';
import { lowerAdd } from './add.js';
import { lowerAvgPool2d } from './avg-pool2d.js';
import { lowerBatchNorm } from './batch-norm.js';
import { lowerConcat } from './concat.js';
import { lowerConv2d } from './conv2d.js';
import { lowerDropout } from './dropout.js';
import { lowerFlatten } from './flatten.js';
import { lowerGlobalAvgPool } from './global-avg-pool.js';
import { lowerLinear } from './linear.js';
import { lowerLrn } from './lrn.js';
import { lowerMaxPool2d } from './max-pool2d.js';
import { lowerRelu } from './relu.js';
import { lowerSoftmax } from './softmax.js';
import type { Lowering } from './types.js';

/** How each op becomes ONNX. A kind without an entry does not compile. */
export const loweringTable: { readonly [K in ComputeKind]: Lowering<K> } = {
  conv2d: lowerConv2d,
  maxPool2d: lowerMaxPool2d,
  avgPool2d: lowerAvgPool2d,
  globalAvgPool: lowerGlobalAvgPool,
  concat: lowerConcat,
  relu: lowerRelu,
  linear: lowerLinear,
  lrn: lowerLrn,
  softmax: lowerSoftmax,
  batchNorm: lowerBatchNorm,
  dropout: lowerDropout,
  flatten: lowerFlatten,
  add: lowerAdd,
};

export function lowerNode<K extends ComputeKind>(node: NodeOf<K>, emitter: Emitter): void {
  loweringTable[node.op](node, emitter);
}
