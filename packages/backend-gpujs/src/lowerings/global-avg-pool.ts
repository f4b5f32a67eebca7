import { describeNode } from '@strata/core';
import { int, loop } from '../kernels/source.js';
import type { Lowering } from '../kernels/types.js';

/** The mean of each plane, summed row by row: short sums of short sums round less than one long one. */
export const globalAvgPool: Lowering<'globalAvgPool'> = (node, plan) => {
  const x = plan.value(node.inputs[0]);
  const [batch, channels, height, width] = x.shape;
  return plan.call(describeNode(node), {
    shape: [batch, channels, 1, 1],
    extent: { planes: 1, rows: 1, columns: batch * channels },
    reads: { x },
    body: (names) => `
      ${int('cell', `at * ${height * width}`)}
      let sum = 0.0;
      let line = 0.0;
      ${loop('u', height, `line = 0.0; ${loop('v', width, `line += ${names.x}[cell]; cell += 1;`)} sum += line;`)}
      return sum / ${height * width};`,
  });
};
