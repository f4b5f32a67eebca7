import { pad as padTensor, reshape } from '@tensorflow/tfjs-core';
import { deviceAxis, deviceShape, type Value } from '../layout.js';
import { alongAxis } from './shared/along-axis.js';
import type { Lowering } from './types.js';

/** The most axes that every device's kernel pads. */
const mostAxes = 4;

/** All axes at once, in the device's order; more than four one by one, each seen as [outer, size, inner]. */
export const pad: Lowering<'pad'> = {
  prepare:
    ({ attributes: { before, after, value } }) =>
    ([x]) => {
      const rank = x.shape.length;
      // A tensor of its own even where nothing is added: the input's belongs to another step.
      const own: Value = { shape: x.shape, tensor: reshape(x.tensor, deviceShape(x.shape)) };
      if (rank === 0) return own;
      if (rank > mostAxes) return before.reduce((padded, _, axis) => padAlong(padded, axis), own);
      const shape = x.shape.map((size, axis) => before[axis] + size + after[axis]);
      const pads = new Array<[number, number]>(rank);
      for (const axis of before.keys()) pads[deviceAxis(axis, rank)] = [before[axis], after[axis]];
      return { shape, tensor: padTensor(x.tensor, pads, value) };

      function padAlong(padded: Value, axis: number): Value {
        if (before[axis] + after[axis] === 0) return padded;
        const { outer, size, inner } = alongAxis(padded, axis);
        const grown = padded.shape.map((length, i) => (i === axis ? before[axis] + length + after[axis] : length));
        const around: [number, number] = [before[axis], after[axis]];
        const tensor = padTensor(reshape(padded.tensor, [outer, size, inner]), [[0, 0], around, [0, 0]], value);
        return { shape: grown, tensor: reshape(tensor, deviceShape(grown)) };
      }
    },
};
