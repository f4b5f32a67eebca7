import type { Padding } from '@strata/core';
import { maximum, maxPool, type Tensor4D } from '@tensorflow/tfjs-core';
import { fromPictures, pictures } from '../layout.js';
import type { Lowering } from '../lowering.js';
import { explicitPadding, padPictures } from './padding.js';
import { combineWindows, hasKernel, type Pool, planPool } from './pooling.js';

/** The library's pool, which leaves padding out; with dilation the largest of the window's elements. */
export const maxPool2d: Lowering<'maxPool2d'> = {
  prepare:
    ({ attributes }, { traits }) =>
    ([x]) => {
      const input = pictures(x);
      const plan = planPool(input.shape, attributes);
      if (!hasKernel(attributes)) {
        return fromPictures(combineWindows(input, attributes, plan, Number.NEGATIVE_INFINITY, maximum<Tensor4D>));
      }
      const { window, stride } = attributes;
      if (!traits.poolsPad && !isSame(attributes, plan.reached)) {
        const padded = padPictures(input, plan.reached, Number.NEGATIVE_INFINITY);
        return fromPictures(maxPool(padded, [...window], [...stride], 'valid'));
      }
      const padding = traits.poolsPad ? explicitPadding(plan.reached) : 'same';
      return fromPictures(maxPool(input, [...window], [...stride], padding, traits.poolsPad ? 'floor' : undefined));
    },
};

/**
 * Whether TensorFlow's own 'same' pads alike: window − 1 pixels, the odd one after the picture. Where windows reach just
 * so far, there are ⌈size / stride⌉ of them, for which 'same' pads as much.
 */
function isSame({ window }: Pool, [top, left, bottom, right]: Padding): boolean {
  const fits = (size: number, before: number, after: number) =>
    before === Math.floor((size - 1) / 2) && before + after === size - 1;
  return fits(window[0], top, bottom) && fits(window[1], left, right);
}
