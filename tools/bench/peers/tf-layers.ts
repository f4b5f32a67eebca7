import type { Model } from '@strata/core';
import * as tf from '@tensorflow/tfjs-core';
import { expectFloat32, type Peer } from './peer.js';
import { buildTfLayersModel } from './tf-layers-model.js';

/** The network built with tf.layers, on a backend of TensorFlow.js that is registered and made current around each run. */
export async function openTfLayers(model: Model, backend: 'wasm' | 'tensorflow'): Promise<Peer> {
  const layersModel = await withBackend(backend, async () => buildTfLayersModel(model));
  return {
    run: (pictures, [batch, channels, height, width]) =>
      withBackend(backend, async () => {
        if (channels !== 1) throw new RangeError(`tf.layers: ${channels} channels, want 1: NCHW is NHWC then`);
        const logits = tf.tidy(() => layersModel.predictOnBatch(tf.tensor4d(pictures, [batch, height, width, 1])));
        if (Array.isArray(logits)) throw new RangeError(`tf.layers: ${logits.length} outputs, want 1`);
        const data = await logits.data();
        logits.dispose();
        return expectFloat32(data);
      }),
    close: () =>
      withBackend(backend, async () => {
        layersModel.dispose();
      }),
  };
}

/** TensorFlow.js has one current backend: what was current is again when `work` has ended. */
async function withBackend<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = tf.getBackend();
  if (before !== name && !(await tf.setBackend(name))) throw new Error(`tf.setBackend('${name}') failed`);
  try {
    return await work();
  } finally {
    if (before !== name && before !== undefined && tf.findBackend(before) !== null) await tf.setBackend(before);
  }
}
