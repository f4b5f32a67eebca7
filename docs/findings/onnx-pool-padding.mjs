// A pool whose dilated window reaches three pixels beyond the picture: ONNX Runtime compares padding with the window undilated.
import ort from 'onnxruntime-node';
import { conclude } from './support/conclude.mjs';
import { refusal, runOnnx } from './support/onnx.mjs';

const shape = [1, 1, 1, 6];
const pool = (op) => ({
  nodes: [
    { op, inputs: ['x'], output: 'y', attributes: { kernel_shape: [1, 2], dilations: [1, 3], pads: [0, 3, 0, 3] } },
  ],
  inputs: { x: shape },
  outputs: { y: [1, 1, 1, 9] },
  opset: 19,
});
const told = [];
for (const op of ['MaxPool', 'AveragePool']) {
  told.push(await refusal(() => runOnnx(ort, pool(op), { x: [1, 2, 3, 4, 5, 6], shape })));
  console.log(`${op}: ${told.at(-1) ?? 'runs'}`);
}
conclude(told.every((message) => message !== undefined));
