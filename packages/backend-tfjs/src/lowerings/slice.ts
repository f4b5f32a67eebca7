import { normaliseAxis, placesOf } from '@strata/core';
import { reshape, slice as sliceTensor, stridedSlice } from '@tensorflow/tfjs-core';
import { deviceShape } from '../layout.js';
import { alongAxis } from './shared/along-axis.js';
import type { Lowering } from './types.js';

/** Places along one axis, seen as [outer, size, inner] around it: so that no kernel gets more than three axes. */
export const slice: Lowering<'slice'> = {
  prepare:
    ({ attributes }) =>
    ([x]) => {
      const { outer, size, inner } = alongAxis(x, attributes.axis);
      const { first, count } = placesOf(attributes, size);
      const { step } = attributes;
      const along = normaliseAxis(attributes.axis, x.shape.length, 'tfjs');
      const shape = x.shape.map((own, axis) => (axis === along ? count : own));
      const view = reshape(x.tensor, [outer, size, inner]);
      const taken =
        step === 1
          ? sliceTensor(view, [0, first, 0], [outer, count, inner])
          : stridedSlice(view, [0, first, 0], [outer, first + (count - 1) * step + 1, inner], [1, step, 1]);
      return { shape, tensor: reshape(taken, deviceShape(shape)) };
    },
};
