import { max, type Tensor4D } from '@tensorflow/tfjs-core';
import { fromPictures, pictures } from '../layout.js';
import { rank4 } from '../ranked.js';
import { largestOf } from './shared/largest.js';
import type { Lowering } from './types.js';

/** [N,C,H,W] → [N,C,1,1], by a reduction: a pool's window may be too large for a kernel. */
export const globalMaxPool: Lowering<'globalMaxPool'> = {
  prepare:
    ({ name }, { traits, lowPools }) =>
    ([x]) => {
      const reduce = (pixels: Tensor4D) => rank4(max(pixels, [1, 2], true));
      const plain = traits.maxPoolGivesInfinity || !lowPools.has(name);
      return fromPictures(plain ? reduce(pictures(x)) : largestOf(pictures(x), reduce));
    },
};
