import { avgPool } from '@tensorflow/tfjs-core';
import { fromPictures, pictures } from '../layout.js';
import type { Lowering } from './types.js';

/** [N,C,H,W] → [N,C,1,1]: an average pool whose window is the picture. */
export const globalAvgPool: Lowering<'globalAvgPool'> = {
  prepare:
    () =>
    ([x]) => {
      const [, , height, width] = x.shape;
      return fromPictures(avgPool(pictures(x), [height, width], 1, 'valid'));
    },
};
