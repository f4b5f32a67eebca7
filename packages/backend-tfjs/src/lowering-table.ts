import type { ComputeKind, NodeOf } from '@strata/core';
import type { Lowering, PrepareTools, Step } from './lowering.js';
import { add } from './lowerings/add.js';
import { avgPool2d } from './lowerings/avg-pool2d.js';
import { batchNorm } from './lowerings/batch-norm.js';
import { concat } from './lowerings/concat.js';
import { conv2d } from './lowerings/conv2d.js';
import { dropout } from './lowerings/dropout.js';
import { flatten } from './lowerings/flatten.js';
import { globalAvgPool } from './lowerings/global-avg-pool.js';
import { linear } from './lowerings/linear.js';
import { lrn } from './lowerings/lrn.js';
import { maxPool2d } from './lowerings/max-pool2d.js';
import { relu } from './lowerings/relu.js';
import { softmax } from './lowerings/softmax.js';

/** Every op on tfjs. A kind without an entry does not compile. */
export const loweringTable: { readonly [K in ComputeKind]: Lowering<K> } = {
  conv2d,
  maxPool2d,
  avgPool2d,
  globalAvgPool,
  concat,
  relu,
  linear,
  lrn,
  softmax,
  batchNorm,
  dropout,
  flatten,
  add,
};

export function prepareNode<K extends ComputeKind>(node: NodeOf<K>, tools: PrepareTools): Step {
  return loweringTable[node.op].prepare(node, tools);
}
