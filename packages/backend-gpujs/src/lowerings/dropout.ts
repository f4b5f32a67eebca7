import type { Lowering } from '../kernels/types.js';

/** Nothing, at inference. */
export const dropout: Lowering<'dropout'> = (node, plan) => plan.value(node.inputs[0]);
