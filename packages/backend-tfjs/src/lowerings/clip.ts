import { clipByValue, clone, maximum, minimum, scalar, type Tensor } from '@tensorflow/tfjs-core';
import { elementwise } from './shared/elementwise.js';
import type { Lowering } from './types.js';

/** y = min(max(x, min), max), on any rank. tfjs' own clip wants both bounds, and on wasm the first below the second. */
export const clip: Lowering<'clip'> = {
  prepare:
    ({ attributes: { min, max } }) =>
    ([x]) => {
      const apply = (flat: Tensor): Tensor => {
        if (min !== undefined && max !== undefined && min < max) return clipByValue(flat, min, max);
        const raised = min === undefined ? clone(flat) : maximum(flat, scalar(min));
        return max === undefined ? raised : minimum(raised, scalar(max));
      };
      return { shape: x.shape, tensor: elementwise(x.tensor, apply) };
    },
};
