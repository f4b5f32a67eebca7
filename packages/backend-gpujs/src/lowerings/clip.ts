import { describeNode } from '@strata/core';
import { extentOf } from '../kernels/shapes.js';
import type { Lowering } from '../kernels/types.js';

/** y = min(max(x, min), max), with the bounds that there are. */
export const clip: Lowering<'clip'> = (node, plan) => {
  const { min, max } = node.attributes;
  const x = plan.value(node.inputs[0]);
  return plan.call(describeNode(node), {
    shape: x.shape,
    extent: extentOf(x.shape),
    reads: { x },
    constants: { bounds: Float32Array.of(min ?? 0, max ?? 0) },
    body: (names) => {
      const raised = min === undefined ? `${names.x}[at]` : `Math.max(${names.x}[at], this.constants.bounds[0])`;
      return `return ${max === undefined ? raised : `Math.min(${raised}, this.constants.bounds[1])`};`;
    },
  });
};
