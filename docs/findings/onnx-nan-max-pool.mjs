// One NaN lies under four windows of a max pool: how many outputs it reaches differs between the libraries.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import ort from 'onnxruntime-node';
import { conclude } from './support/conclude.mjs';
import { runOnnx } from './support/onnx.mjs';

const x = [1, 2, 3, 4, Number.NaN, 6, 7, 8, 9];
const shape = [1, 1, 3, 3];
const model = {
  nodes: [{ op: 'MaxPool', inputs: ['x'], output: 'y', attributes: { kernel_shape: [2, 2] } }],
  inputs: { x: shape },
  outputs: { y: [1, 1, 2, 2] },
};
const { y } = await runOnnx(ort, model, { x, shape });
await tf.setBackend('cpu');
const other = [...tf.maxPool(tf.tensor4d(x, [1, 3, 3, 1]), 2, 1, 'valid').dataSync()];
console.log(`onnxruntime-node: ${y}`);
console.log(`tfjs, cpu: ${other}`);
conclude(y.map(Number.isNaN).join() !== other.map(Number.isNaN).join());
