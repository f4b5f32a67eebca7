// Asked for WebGPU alone, onnxruntime-node runs what has no kernel there, LRN for one, on the CPU without a word.
import ort from 'onnxruntime-node';
import { conclude, notHere } from './support/conclude.mjs';
import { refusal, runOnnx } from './support/onnx.mjs';

const shape = [1, 3, 2, 2];
const run = (op, attributes, options) => {
  const model = {
    nodes: [{ op, inputs: ['x'], output: 'y', attributes }],
    inputs: { x: shape },
    outputs: { y: shape },
  };
  const x = Array.from({ length: 12 }, (_, i) => i);
  return refusal(() => runOnnx(ort, model, { x, shape }, options));
};
const webgpu = { executionProviders: ['webgpu'] };
const strict = { ...webgpu, extra: { session: { disable_cpu_ep_fallback: '1' } } };
const relu = await run('Relu', {}, strict);
if (relu !== undefined) notHere(`no WebGPU: ${relu.slice(0, 120)}`);
const [lenient, refused] = [await run('LRN', { size: 3 }, webgpu), await run('LRN', { size: 3 }, strict)];
console.log(`LRN as it comes: ${lenient ?? 'runs'}`);
console.log(`LRN with disable_cpu_ep_fallback: ${refused ?? 'runs'}`);
conclude(lenient === undefined && refused !== undefined);
