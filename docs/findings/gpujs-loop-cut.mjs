// A loop whose bound is no literal stops at loopMaxIterations, 1000 by default, without a word.
import gpujs from 'gpu.js';
import { conclude } from './support/conclude.mjs';

const loops = {
  'bound as an argument':
    'function kernel(x, n) { let sum = 0; for (let i = 0; i < n; i++) { sum += x[0]; } return sum; }',
  'bound as a literal':
    'function kernel(x, n) { let sum = 0; for (let i = 0; i < 4800; i++) { sum += x[0]; } return sum; }',
};
const sums = [];
for (const mode of ['cpu', 'webasm']) {
  for (const [name, source] of Object.entries(loops)) {
    const gpu = new gpujs.GPU({ mode });
    sums.push((await gpu.createKernel(source, { output: [1] })([1], 4800))[0]);
    console.log(`${mode}, ${name}: 4800 times 1 = ${sums.at(-1)}`);
    await gpu.destroy();
  }
}
conclude(sums.join() === '1000,4800,1000,4800');
