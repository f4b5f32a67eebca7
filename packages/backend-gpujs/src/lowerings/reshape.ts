import { outputShape } from '../kernels/shapes.js';
import type { Lowering } from '../kernels/types.js';

/** Another shape for the same elements. */
export const reshape: Lowering<'reshape'> = (node, plan) => ({
  ...plan.value(node.inputs[0]),
  shape: outputShape(node, plan),
});
