// A pipeline gets as many handles as its function has parameters; a rest parameter counts for none.
import gpujs from 'gpu.js';
import { conclude } from './support/conclude.mjs';
import { refusal } from './support/onnx.mjs';

const gpu = new gpujs.GPU({ mode: 'cpu' });
const twice = gpu.createKernel('function kernel(x) { return x[this.thread.x] * 2; }', { output: [4] });
const run = (orchestrate) =>
  refusal(async () => console.log([...(await gpu.createPipeline(orchestrate)([1, 2, 3, 4]))[0]].join()));
await run((x) => [twice(x)]);
const told = await run((...xs) => [twice(xs[0])]);
console.log(told ?? 'runs');
conclude(told !== undefined);
