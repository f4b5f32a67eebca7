import { describeNode } from '@strata/core';
import { extentOf } from './shapes.js';
import type { Lowering } from './types.js';

export const lowerRelu: Lowering<'relu'> = (node, plan) => {
  const x = plan.value(node.inputs[0]);
  return plan.call(describeNode(node), {
    shape: x.shape,
    extent: extentOf(x.shape),
    reads: { x },
    body: (names) => `return Math.max(${names.x}[at], 0.0);`,
  });
};
