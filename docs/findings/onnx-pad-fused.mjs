// A Pad of its own before the pool: the optimiser fuses it into the pool, which then refuses the padding.
import ort from 'onnxruntime-node';
import { conclude } from './support/conclude.mjs';
import { refusal, runOnnx } from './support/onnx.mjs';

const shape = [1, 1, 1, 4];
const model = (zero) => ({
  nodes: [
    { op: 'Pad', inputs: ['x', 'pads', 'fill'], output: 'padded' },
    { op: 'MaxPool', inputs: ['padded'], output: 'y', attributes: { kernel_shape: [1, 2], strides: [1, 2] } },
  ],
  inputs: { x: shape },
  outputs: { y: [1, 1, 1, 4] },
  constants: {
    pads: { shape: [8], ints: [0, 0, 0, 2, 0, 0, 0, 2] },
    fill: { shape: [], floats: [zero] },
  },
});
const run = (zero, graphOptimizationLevel) =>
  refusal(async () => {
    const { y } = await runOnnx(ort, model(zero), { x: [-1, -2, -3, -4], shape }, { graphOptimizationLevel });
    console.log(`  ${y}`);
  });
const results = {};
for (const [name, zero, level] of [
  ['not optimised', 0, 'disabled'],
  ['as it comes', 0, 'all'],
  ['Pad of −0', -0, 'all'],
]) {
  console.log(`${name}:`);
  results[name] = await run(zero, level);
  if (results[name] !== undefined) console.log(`  ${results[name]}`);
}
conclude(results['as it comes'] !== undefined && results['not optimised'] === undefined);
