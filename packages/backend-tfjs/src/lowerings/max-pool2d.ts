import type { Padding, Pair } from '@strata/core';
import { maximum, maxPool, type Tensor4D } from '@tensorflow/tfjs-core';
import { fromPictures, pictures } from '../layout.js';
import type { Traits } from '../traits.js';
import { largestOf } from './shared/largest.js';
import { explicitPadding, padPictures } from './shared/padding.js';
import { combineWindows, hasKernel, type Pool, planPool } from './shared/pooling.js';
import type { Lowering } from './types.js';

/** The library's pool, which leaves padding out; with dilation the largest of the window's elements. */
export const maxPool2d: Lowering<'maxPool2d'> = {
  prepare:
    ({ name, attributes }, { traits, lowPools }) =>
    ([x]) => {
      const input = pictures(x);
      const plan = planPool(input.shape, attributes);
      if (!hasKernel(attributes)) {
        return fromPictures(combineWindows(input, attributes, plan, Number.NEGATIVE_INFINITY, maximum<Tensor4D>));
      }
      const pool = (pixels: Tensor4D) => poolByKernel(pixels, attributes, plan.reached, traits);
      const plain = traits.maxPoolGivesInfinity || !lowPools.has(name);
      return fromPictures(plain ? pool(input) : largestOf(input, pool));
    },
};

function poolByKernel(input: Tensor4D, pool: Pool, reached: Padding, { poolsPad }: Traits): Tensor4D {
  const [window, stride] = [pairOf(pool.window), pairOf(pool.stride)];
  if (poolsPad) return maxPool(input, window, stride, explicitPadding(reached), 'floor');
  if (isSame(pool, reached)) return maxPool(input, window, stride, 'same');
  return maxPool(padPictures(input, reached, Number.NEGATIVE_INFINITY), window, stride, 'valid');
}

function pairOf([rows, columns]: Pair): [number, number] {
  return [rows, columns];
}

/**
 * Whether TensorFlow's own 'same' pads alike: window − 1 pixels, the odd one after the picture. Where windows reach
 * just so far, there are ⌈size / stride⌉ of them, for which 'same' pads as much.
 */
function isSame({ window }: Pool, [top, left, bottom, right]: Padding): boolean {
  const fits = (size: number, before: number, after: number) =>
    before === Math.floor((size - 1) / 2) && before + after === size - 1;
  return fits(window[0], top, bottom) && fits(window[1], left, right);
}
