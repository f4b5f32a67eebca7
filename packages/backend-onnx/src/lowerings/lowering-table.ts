import { findLowPools, type Model, nodesOf } from '@strata/core';
import { type OperatorTable, operatorTable } from '@strata/formats/onnx';
import { avgPool2d } from './avg-pool2d.js';
import { batchNorm } from './batch-norm.js';
import { clip } from './clip.js';
import { conv2d } from './conv2d.js';
import { dropout } from './dropout.js';
import { globalMaxPool } from './global-max-pool.js';
import { lrn } from './lrn.js';
import { maxPool2d, maxPool2dByKernel, maxPool2dOfSums, type Pooling } from './max-pool2d.js';
import { pad } from './pad.js';
import { sigmoid } from './sigmoid.js';

/** How ONNX Runtime takes each op: in ONNX's standard form, but for those that it takes otherwise on some device. */
export const loweringTable: OperatorTable = {
  ...operatorTable,
  conv2d,
  maxPool2d,
  avgPool2d,
  globalMaxPool,
  lrn,
  batchNorm,
  dropout,
  sigmoid,
  clip,
  pad,
};

/** The same for this model: pools that meet nothing far below zero, or do not show it, need no work-around. */
export function loweringsOf(model: Model): OperatorTable {
  const low = findLowPools(model);
  const sums = new Set(nodesOf(model.graph, 'conv2d').map(({ name }) => name));
  const poolOf = ({ name, inputs }: Pooling) => {
    if (!low.has(name)) return maxPool2dByKernel;
    return sums.has(inputs[0]) ? maxPool2dOfSums : maxPool2d;
  };
  return { ...loweringTable, maxPool2d: (node, emitter) => poolOf(node)(node, emitter) };
}
