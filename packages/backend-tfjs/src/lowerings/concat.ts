import { normaliseAxis } from '@strata/core';
import { concat2d, concat as concatTensors, reshape } from '@tensorflow/tfjs-core';
import { deviceAxis, deviceShape } from '../layout.js';
import { rank2 } from '../ranked.js';
import { alongAxis } from './shared/along-axis.js';
import type { Lowering } from './types.js';

/** The most axes that every device's kernel joins. */
const mostAxes = 4;

/**
 * Along any axis, which is another on the device for pictures. More than four axes are joined as matrices,
 * [outer, size·inner] side by side.
 */
export const concat: Lowering<'concat'> = {
  prepare:
    ({ attributes: { axis } }) =>
    (inputs) => {
      const rank = inputs[0].shape.length;
      const along = normaliseAxis(axis, rank, 'tfjs');
      const total = inputs.reduce((sum, { shape: own }) => sum + own[along], 0);
      const shape = inputs[0].shape.map((size, i) => (i === along ? total : size));
      if (rank <= mostAxes) {
        const tensors = inputs.map(({ tensor }) => tensor);
        return { shape, tensor: concatTensors(tensors, deviceAxis(along, rank)) };
      }
      const matrices = inputs.map((input) => {
        const { outer, size, inner } = alongAxis(input, along);
        return rank2(reshape(input.tensor, [outer, size * inner]));
      });
      return { shape, tensor: reshape(concat2d(matrices, 1), deviceShape(shape)) };
    },
};
