import { inferNode, toConcrete } from '@strata/core';
import { fromRowMajor, toRowMajor } from '../layout.js';
import type { Lowering } from './types.js';

/** Other axes for the same elements in NCHW order: what has four axes is turned back before, and turned again behind. */
export const reshape: Lowering<'reshape'> = {
  prepare:
    (node) =>
    ([x]) =>
      fromRowMajor(toRowMajor(x), toConcrete(inferNode(node, [x.shape]), 'tfjs: reshape')),
};
