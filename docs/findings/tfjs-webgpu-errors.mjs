// WebGPU grants eight storage arrays to a kernel unless asked for more. addN of nine asks for more: zeros, no exception.
import { conclude } from './support/conclude.mjs';
import { runOn, tf } from './support/tfjs-webgpu.mjs';

const addN = () => tf.addN(Array.from({ length: 12 }, (_, i) => tf.tensor1d([i + 1, 1])));
const results = await runOn(['cpu', 'webgpu'], addN);
console.log(`cpu: ${results.cpu}; webgpu: ${results.webgpu}`);
conclude(results.cpu.join() !== results.webgpu.join());
