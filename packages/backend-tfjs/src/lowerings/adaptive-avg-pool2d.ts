import { adaptiveWindows } from '@strata/core';
import { avgPool, clone, concat, slice, type Tensor4D } from '@tensorflow/tfjs-core';
import { fromPictures, pictures } from '../layout.js';
import type { Lowering } from './types.js';

/** The means along the height, then of those along the width: an average pool of each window, joined. */
export const adaptiveAvgPool2d: Lowering<'adaptiveAvgPool2d'> = {
  prepare:
    ({ attributes: { size } }) =>
    ([x]) =>
      fromPictures(meansAlong(2, size[1], meansAlong(1, size[0], pictures(x)))),
};

/** The means of `count` windows along an axis of NHWC pictures. */
function meansAlong(axis: 1 | 2, count: number, x: Tensor4D): Tensor4D {
  const length = x.shape[axis];
  const sizes = (size: number): [number, number] => (axis === 1 ? [size, 1] : [1, size]);
  if (length % count === 0) {
    const size = length / count;
    return size === 1 ? clone(x) : avgPool(x, sizes(size), sizes(size), 'valid');
  }
  const means = adaptiveWindows(length, count).map(([start, end]) => {
    const window = slice(
      x,
      axis === 1 ? [0, start] : [0, 0, start],
      axis === 1 ? [-1, end - start] : [-1, -1, end - start],
    );
    return end - start === 1 ? window : avgPool(window, sizes(end - start), 1, 'valid');
  });
  return concat(means, axis);
}
