// ONNX Runtime's LRN slides its sum of squares over the channels: one large channel spoils those behind it.
import ort from 'onnxruntime-node';
import web from 'onnxruntime-web';
import { conclude } from './support/conclude.mjs';
import { runOnnx } from './support/onnx.mjs';

const x = [1, 1e4, 1, 0.5, 0.25, 2];
const shape = [1, x.length, 1, 1];
const [size, alpha, beta, bias] = [3, 1, 0.75, 1];
const model = {
  nodes: [
    {
      op: 'LRN',
      inputs: ['x'],
      output: 'y',
      attributes: { size, alpha: { float: alpha }, beta: { float: beta }, bias: { float: bias } },
    },
  ],
  inputs: { x: shape },
  outputs: { y: shape },
};
const want = x.map((value, channel) => {
  const squares = x.slice(Math.max(0, channel - 1), channel + 2).reduce((sum, other) => sum + other ** 2, 0);
  return value / (bias + (alpha / size) * squares) ** beta;
});
const worst = [];
for (const [name, library] of [
  ['native', ort],
  ['wasm', web],
]) {
  const { y } = await runOnnx(library, model, { x, shape });
  for (const [channel, value] of y.entries()) {
    const error = Math.abs(value - want[channel]) / Math.abs(want[channel]) / 2 ** -24;
    console.log(
      `${name}, channel ${channel}: got ${value.toPrecision(7)}, want ${want[channel].toPrecision(7)}, ${error.toPrecision(2)} u`,
    );
    worst.push(error);
  }
}
conclude(Math.max(...worst) > 1e4);
