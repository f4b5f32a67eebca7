import { deviceAxis, deviceShape } from '../layout.js';
import { turnAxes } from './shared/turn-axes.js';
import type { Lowering } from './types.js';

/** Axes in another order; where the device keeps them in one of its own, both sides of the permutation are turned. */
export const transpose: Lowering<'transpose'> = {
  prepare:
    ({ attributes: { permutation } }) =>
    ([x]) => {
      const rank = permutation.length;
      const order = new Array<number>(rank);
      for (const [axis, from] of permutation.entries()) order[deviceAxis(axis, rank)] = deviceAxis(from, rank);
      const shape = permutation.map((from) => x.shape[from]);
      return { shape, tensor: turnAxes(x.tensor, order, deviceShape(shape)) };
    },
};
