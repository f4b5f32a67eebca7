import { describeNode } from '@strata/core';
import { extentOf } from '../kernels/shapes.js';
import type { Lowering } from '../kernels/types.js';

export const sigmoid: Lowering<'sigmoid'> = (node, plan) => {
  const x = plan.value(node.inputs[0]);
  return plan.call(describeNode(node), {
    shape: x.shape,
    extent: extentOf(x.shape),
    reads: { x },
    body: (names) => `return 1.0 / (1.0 + Math.exp(0.0 - ${names.x}[at]));`,
  });
};
