// ONNX's shape inference counts a window of a ceil-mode pool that starts in the padding; ONNX Runtime's kernel, and
// the standard since version 22 of MaxPool, do not. What follows the pool is then refused, or judged by a wrong shape.
import ort from 'onnxruntime-node';
import { conclude } from './support/conclude.mjs';
import { refusal, runOnnx } from './support/onnx.mjs';

const pool = {
  op: 'MaxPool',
  inputs: ['x'],
  output: 'pooled',
  attributes: { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 1, 1], ceil_mode: 1 },
};
const inputs = { x: [1, 1, 4, 1] };
const x = { x: [1, 2, 3, 4], shape: inputs.x };
const two = { shape: [1, 1, 2, 1], floats: Float32Array.of(10, 20) };

const { y: alone } = await runOnnx(ort, { nodes: [{ ...pool, output: 'y' }], inputs, outputs: { y: two.shape } }, x);
console.log(`the pool of 1, 2, 3, 4 alone: ${alone}`);
const added = {
  nodes: [pool, { op: 'Add', inputs: ['pooled', 'two'], output: 'y' }],
  inputs,
  outputs: { y: two.shape },
  constants: { two },
};
const told = await refusal(() => runOnnx(ort, added, x));
console.log(`with 10, 20 added: ${told ?? 'runs'}`);
conclude(alone.length === 2 && told !== undefined);
