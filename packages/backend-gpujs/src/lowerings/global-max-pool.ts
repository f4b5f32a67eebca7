import { describeNode } from '@strata/core';
import { int, loop } from '../kernels/source.js';
import type { Lowering } from '../kernels/types.js';

/** The largest number of each plane. */
export const globalMaxPool: Lowering<'globalMaxPool'> = (node, plan) => {
  const x = plan.value(node.inputs[0]);
  const [batch, channels, height, width] = x.shape;
  return plan.call(describeNode(node), {
    shape: [batch, channels, 1, 1],
    extent: { planes: 1, rows: 1, columns: batch * channels },
    reads: { x },
    body: (names) => `
      ${int('cell', `at * ${height * width}`)}
      let largest = ${names.x}[cell];
      ${loop('u', height, loop('v', width, `largest = Math.max(largest, ${names.x}[cell]); cell += 1;`))}
      return largest;`,
  });
};
