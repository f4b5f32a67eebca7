import * as tf from '@tensorflow/tfjs-core';
import { alongAxis } from './shared/along-axis.js';
import type { Lowering } from './types.js';

/** Along any axis. tfjs takes the last one only, so another is turned there and back; channels are last on the device. */
export const softmax: Lowering<'softmax'> = {
  prepare:
    ({ attributes: { axis } }) =>
    ([x]) => {
      const { outer, size, inner } = alongAxis(x, axis);
      const { shape } = x.tensor;
      if (inner === 1) {
        return { shape: x.shape, tensor: tf.reshape(tf.softmax(tf.reshape(x.tensor, [outer, size])), shape) };
      }
      const turned = tf.transpose(tf.reshape(x.tensor, [outer, size, inner]), [0, 2, 1]);
      const rows = tf.reshape(tf.softmax(tf.reshape(turned, [outer * inner, size])), [outer, inner, size]);
      return { shape: x.shape, tensor: tf.reshape(tf.transpose(rows, [0, 2, 1]), shape) };
    },
};
