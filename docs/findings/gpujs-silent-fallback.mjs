// A pipeline that the fused executor declines runs kernel by kernel: no error, only fallbackReason tells.
import gpujs from 'gpu.js';
import { conclude } from './support/conclude.mjs';

const gpu = new gpujs.GPU({ mode: 'webasm' });
const output = { output: [4] };
const twice = gpu.createKernel('function kernel(x) { return x[this.thread.x] * 2; }', output);
const pair = gpu.createKernel('function kernel(x) { return [x[this.thread.x], 1]; }', output);
const first = gpu.createKernel('function kernel(x) { return x[this.thread.x][0]; }', output);
const kinds = [];
for (const orchestrate of [(x) => [twice(twice(x))], (x) => [first(pair(x))]]) {
  const pipeline = gpu.createPipeline(orchestrate, { threads: false });
  const [y] = await pipeline(Float32Array.from([1, 2, 3, 4]));
  kinds.push(pipeline.executorKind);
  console.log(`${[...y]}: ${pipeline.executorKind}, ${pipeline.fallbackReason}`);
}
conclude(kinds.join() === 'fused-sync,generic');
