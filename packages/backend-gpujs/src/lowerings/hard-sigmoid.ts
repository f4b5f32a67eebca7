import { describeNode } from '@strata/core';
import { extentOf } from '../kernels/shapes.js';
import type { Lowering } from '../kernels/types.js';

/** y = max(0, min(1, alpha·x + beta)). */
export const hardSigmoid: Lowering<'hardSigmoid'> = (node, plan) => {
  const { alpha, beta } = node.attributes;
  const x = plan.value(node.inputs[0]);
  return plan.call(describeNode(node), {
    shape: x.shape,
    extent: extentOf(x.shape),
    reads: { x },
    constants: { line: Float32Array.of(alpha, beta) },
    body: (names) =>
      `return Math.max(0.0, Math.min(1.0, this.constants.line[0] * ${names.x}[at] + this.constants.line[1]));`,
  });
};
