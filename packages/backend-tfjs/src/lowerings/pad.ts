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
      if (rank > mostAxes) return before.reduce((padded, _, axis) => padAlong(padded, axis), x);
      const shape = x.shape.map((size, axis) => before[axis] + size + after[axis]);
      const pads = new Array<[number, number]>(rank);
      for (const axis of before.keys()) pads[deviceAxis(axis, rank)] = [before[axis], after[axis]];
      return { shape, tensor: rank === 0 ? x.tensor : padTensor(x.tensor, pads, value) };

      function padAlong(padded: Value, axis: number): Value {
        if (before[axis] + after[axis] === 0) return padded;
        const { outer, size, inner } = alongAxis(padded, axis);
        const grown = padded.shape.map((own, i) => (i === axis ? before[axis] + own + after[axis] : own));
        const around: [number, number] = [before[axis], after[axis]];
        const tensor = padTensor(reshape(padded.tensor, [outer, size, inner]), [[0, 0], around, [0, 0]], value);
        return { shape: grown, tensor: reshape(tensor, deviceShape(grown)) };
      }
    },
};
