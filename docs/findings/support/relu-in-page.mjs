import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';

/** relu of minus infinity, −1 and 2 on each backend. */
export async function run() {
  // Or small tensors would be computed on the CPU.
  tf.env().set('WEBGL_CPU_FORWARD', false);
  const results = {};
  for (const name of ['cpu', 'webgl']) {
    await tf.setBackend(name);
    results[name] = [...(await tf.relu(tf.tensor1d([Number.NEGATIVE_INFINITY, -1, 2])).data())];
  }
  return results;
}
