import { outputShape } from './shapes.js';
import type { Lowering } from './types.js';

/** Another shape for the same elements. */
export const lowerFlatten: Lowering<'flatten'> = (node, plan) => ({
  ...plan.value(node.inputs[0]),
  shape: outputShape(node, plan),
});
