import { createRequire } from 'node:module';
import { DeviceError, type Model, messageOf } from '@strata/core';
import { exportOnnx } from '@strata/formats/onnx';
import type { Peer, PeerOptions } from '../peers/peer.js';
import { restoreNodeUtil } from '../peers/restore-node-util.js';
import type { Size } from './subject.js';

export interface OpenPeerOptions extends PeerOptions {
  readonly size: Size;
}

type OpenPeer = (model: Model, options: OpenPeerOptions) => Promise<Peer>;

export type PeerName =
  | 'onnxruntime-node'
  | 'onnxruntime-web'
  | 'tf.layers on wasm'
  | 'tf.layers on TensorFlow'
  | 'naive gpu.js, webasm'
  | 'naive gpu.js, cpu';

const setUpTensorFlow = 'npm run setup:tensorflow';
const require = createRequire(import.meta.url);

/** How each peer is opened. Its library is loaded then, and `DeviceError` says in one line when that is not there. */
export const peerTable: Readonly<Record<PeerName, OpenPeer>> = {
  'onnxruntime-node': async (model, options) => {
    const { openOnnxruntimeNode } = await load('onnxruntime-node', () => import('../peers/onnxruntime-node.js'));
    return openOnnxruntimeNode(exportOnnx(model.graph, model.weights), options);
  },
  'onnxruntime-web': async (model, options) => {
    const { openOnnxruntimeWeb } = await load('onnxruntime-web', () => import('../peers/onnxruntime-web.js'));
    return openOnnxruntimeWeb(exportOnnx(model.graph, model.weights), options);
  },
  'tf.layers on wasm': async (model) => {
    const { openTfLayers } = await load('@tensorflow/tfjs-layers', () => import('../peers/tf-layers.js'));
    await load('@tensorflow/tfjs-backend-wasm', () => import('@tensorflow/tfjs-backend-wasm'));
    return openTfLayers(model, 'wasm');
  },
  'tf.layers on TensorFlow': async (model) => {
    const { openTfLayers } = await load('@tensorflow/tfjs-layers', () => import('../peers/tf-layers.js'));
    restoreNodeUtil();
    await load('@tensorflow/tfjs-node-gpu', async () => require('@tensorflow/tfjs-node-gpu'), setUpTensorFlow);
    return openTfLayers(model, 'tensorflow');
  },
  'naive gpu.js, webasm': (model, options) => openNaive(model, options, 'webasm'),
  'naive gpu.js, cpu': (model, options) => openNaive(model, options, 'cpu'),
};

async function openNaive(model: Model, { size, threads }: OpenPeerOptions, mode: 'cpu' | 'webasm'): Promise<Peer> {
  const { openNaiveGpujs } = await load('gpu.js', () => import('../peers/naive-gpujs.js'));
  return openNaiveGpujs(model, { mode, threads, shape: [size.batch, 1, size.side, size.side] });
}

/** What `importIt` gives. `DeviceError` with the command that brings the library when it does not load. */
export async function load<T>(library: string, importIt: () => Promise<T>, hint = 'npm ci'): Promise<T> {
  try {
    return await importIt();
  } catch (error) {
    throw new DeviceError({
      where: library,
      got: `does not load (${messageOf(error).split('\n')[0]})`,
      hint,
      cause: error,
    });
  }
}
