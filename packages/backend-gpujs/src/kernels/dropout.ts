import type { Lowering } from './types.js';

/** Nothing, at inference. */
export const lowerDropout: Lowering<'dropout'> = (node, plan) => plan.value(node.inputs[0]);
