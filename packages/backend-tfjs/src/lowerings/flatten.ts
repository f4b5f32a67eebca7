import { countElements } from '@strata/core';
import { reshape } from '@tensorflow/tfjs-core';
import { toRowMajor } from '../layout.js';
import type { Lowering } from './types.js';

/** [d₀ … dₙ] → two axes, in NCHW order: pictures of more than one pixel are turned back first. */
export const flatten: Lowering<'flatten'> = {
  prepare:
    ({ attributes }) =>
    ([x]) => {
      const { axis } = attributes;
      const shape = [countElements(x.shape.slice(0, axis)), countElements(x.shape.slice(axis))];
      return { shape, tensor: reshape(toRowMajor(x), shape) };
    },
};
