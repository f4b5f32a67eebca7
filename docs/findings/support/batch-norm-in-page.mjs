import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';

/** Batch norm of one pixel, 3, with mean 1 and variance 1, then a convolution of 1 × 1 with weight 2. */
export async function run() {
  // Or small tensors would be computed on the CPU.
  tf.env().set('WEBGL_CPU_FORWARD', false);
  const results = {};
  for (const name of ['cpu', 'webgl']) {
    await tf.setBackend(name);
    const x = tf.tensor4d([3], [1, 1, 1, 1]);
    const filter = tf.tensor4d([2], [1, 1, 1, 1]);
    for (const epsilon of [0, 1e-3]) {
      const normalised = tf.batchNorm(x, tf.tensor1d([1]), tf.tensor1d([1]), undefined, undefined, epsilon);
      const [before] = await normalised.data();
      const [after] = await tf.conv2d(normalised, filter, 1, 'valid').data();
      results[`${name}, epsilon ${epsilon}`] = [before, after];
    }
  }
  return results;
}
