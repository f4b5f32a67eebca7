import { describeNode } from '@strata/core';
import { extentOf } from '../kernels/shapes.js';
import type { Lowering } from '../kernels/types.js';

/** y = x where x ≥ 0, alpha·x below. */
export const leakyRelu: Lowering<'leakyRelu'> = (node, plan) => {
  const x = plan.value(node.inputs[0]);
  return plan.call(describeNode(node), {
    shape: x.shape,
    extent: extentOf(x.shape),
    reads: { x },
    constants: { slope: Float32Array.of(node.attributes.alpha) },
    body: (names) => `
      let value = ${names.x}[at];
      if (value < 0.0) { value = value * this.constants.slope[0]; }
      return value;`,
  });
};
