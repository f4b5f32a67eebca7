// A Pad of its own before the pool: the optimiser fuses it into the pool, which then refuses the padding.
import ort from 'onnxruntime-node';
import { conclude } from './support/conclude.mjs';
import { refusal, runOnnx } from './support/onnx.mjs';

const shape = [1, 1, 1, 4];
const model = (axes) => ({
  nodes: [
    { op: 'Pad', inputs: ['x', 'pads', 'fill', ...(axes ? ['axes'] : [])], output: 'padded' },
    { op: 'MaxPool', inputs: ['padded'], output: 'y', attributes: { kernel_shape: [1, 2], strides: [1, 2] } },
  ],
  inputs: { x: shape },
  outputs: { y: [1, 1, 1, 4] },
  constants: {
    pads: axes ? { shape: [4], ints: [0, 2, 0, 2] } : { shape: [8], ints: [0, 0, 0, 2, 0, 0, 0, 2] },
    fill: { shape: [], floats: [0] },
    ...(axes && { axes: { shape: [2], ints: [2, 3] } }),
  },
});
const run = (axes, graphOptimizationLevel) =>
  refusal(async () => {
    const { y } = await runOnnx(ort, model(axes), { x: [-1, -2, -3, -4], shape }, { graphOptimizationLevel });
    console.log(`  ${y}`);
  });
const results = {};
for (const [name, axes, level] of [
  ['not optimised', false, 'disabled'],
  ['as it comes', false, 'all'],
  ['Pad with named axes', true, 'all'],
]) {
  console.log(`${name}:`);
  results[name] = await run(axes, level);
  if (results[name] !== undefined) console.log(`  ${results[name]}`);
}
conclude(results['as it comes'] !== undefined && results['not optimised'] === undefined);
