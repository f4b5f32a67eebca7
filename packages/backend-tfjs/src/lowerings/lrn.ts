import {
  add,
  div,
  localResponseNormalization,
  mul,
  pad,
  pow,
  slice,
  square,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { fromPictures, pictures } from '../layout.js';
import type { Lowering } from './types.js';

/**
 * tfjs does not divide alpha by the size, and its windows have an odd size. An even one is summed here from shifted
 * squares: ⌊(size−1)/2⌋ channels before, ⌈(size−1)/2⌉ after.
 */
export const lrn: Lowering<'lrn'> = {
  prepare:
    ({ attributes: { size, alpha, beta, k } }) =>
    ([x]) => {
      const input = pictures(x);
      if (size % 2 === 1) {
        return fromPictures(localResponseNormalization(input, (size - 1) / 2, k, alpha / size, beta));
      }
      const bracket = add<Tensor4D>(mul(sumOfSquares(input, size), alpha / size), k);
      return fromPictures(div<Tensor4D>(input, pow(bracket, beta)));
    },
};

function sumOfSquares(x: Tensor4D, size: number): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const before = size / 2 - 1;
  const squares = pad(square(x), [
    [0, 0],
    [0, 0],
    [0, 0],
    [before, size / 2],
  ]);
  const shifted = Array.from({ length: size }, (_, shift) =>
    slice(squares, [0, 0, 0, shift], [batch, height, width, channels]),
  );
  return shifted.reduce((sum, part) => add<Tensor4D>(sum, part));
}
