import { describeNode } from '@strata/core';
import { extentOf } from '../kernels/shapes.js';
import type { Lowering } from '../kernels/types.js';

export const relu: Lowering<'relu'> = (node, plan) => {
  const x = plan.value(node.inputs[0]);
  return plan.call(describeNode(node), {
    shape: x.shape,
    extent: extentOf(x.shape),
    reads: { x },
    body: (names) => `return Math.max(${names.x}[at], 0.0);`,
  });
};
