// Small tensors are computed on the CPU without a word: a kernel of the GPU backend that dispatches nothing.
import { conclude } from './support/conclude.mjs';
import { gpu, tf } from './support/tfjs-webgpu.mjs';

await tf.setBackend('webgpu');
await tf.ready();
let dispatches = 0;
const pass = Object.getPrototypeOf(
  (await (await gpu.requestAdapter()).requestDevice()).createCommandEncoder().beginComputePass(),
);
const { dispatchWorkgroups } = pass;
pass.dispatchWorkgroups = function (...sizes) {
  dispatches++;
  return dispatchWorkgroups.apply(this, sizes);
};
const counts = {};
for (const forward of [false, true]) {
  tf.env().set('WEBGPU_CPU_FORWARD', forward);
  dispatches = 0;
  const sum = await tf.add(tf.tensor1d([1, 2]), tf.tensor1d([3, 4])).data();
  counts[forward] = dispatches;
  console.log(`WEBGPU_CPU_FORWARD ${forward}: 1,2 + 3,4 = ${[...sum]}, ${dispatches} dispatches`);
}
conclude(counts.true === 0 && counts.false > 0);
