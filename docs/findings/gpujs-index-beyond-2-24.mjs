// Whole numbers in a kernel are floats on compiled modes: 2²⁴ + 1 is no float32, so an index beyond it is off by one.
import gpujs from 'gpu.js';
import { conclude } from './support/conclude.mjs';

const first = 2 ** 24;
const x = new Float32Array(first + 8);
for (let i = 0; i < 8; i++) x[first + i] = i;
const results = {};
for (const mode of ['cpu', 'webasm']) {
  const gpu = new gpujs.GPU({ mode });
  const kernel = gpu.createKernel('function kernel(x) { const i = this.thread.x + 16777216; return x[i]; }', {
    output: [8],
  });
  results[mode] = [...(await kernel(x))];
  console.log(`${mode}: x[2²⁴ + 0…7] = ${results[mode]}, want 0,1,2,3,4,5,6,7`);
  await gpu.destroy();
}
conclude(results.webasm.join() !== '0,1,2,3,4,5,6,7');
