// Max pool starts from the lowest finite number, not from minus infinity: that is what windows of minus infinities give.
import ort from 'onnxruntime-node';
import { conclude } from './support/conclude.mjs';
import { runOnnx } from './support/onnx.mjs';
import { tf } from './support/tfjs.mjs';

const shape = [1, 1, 2, 2];
const x = new Array(4).fill(Number.NEGATIVE_INFINITY);
const model = {
  nodes: [{ op: 'MaxPool', inputs: ['x'], output: 'y', attributes: { kernel_shape: [2, 2], pads: [1, 1, 0, 0] } }],
  inputs: { x: shape },
  outputs: { y: [1, 1, 2, 2] },
};
const { y } = await runOnnx(ort, model, { x, shape });
await tf.setBackend('cpu');
const other = [...tf.maxPool(tf.tensor4d(x, [1, 2, 2, 1]), 2, 1, 'same').dataSync()];
console.log(`onnxruntime-node: ${y}`);
console.log(`tfjs, cpu: ${other}`);
conclude(y.includes(-(2 - 2 ** -23) * 2 ** 127) && other.every((value) => value === Number.NEGATIVE_INFINITY));
