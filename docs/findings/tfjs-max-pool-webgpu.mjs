// The WebGPU shader of max pool starts from −1e20, not from minus infinity.
import { conclude } from './support/conclude.mjs';
import { runOn, tf } from './support/tfjs-webgpu.mjs';

const x = [-3e20, -2e20, -4e20, -5e20, -6e20, -7e20, -8e20, -9e20, -3e21];
const results = await runOn(['cpu', 'webgpu'], () => tf.maxPool(tf.tensor4d(x, [1, 3, 3, 1]), 2, 1, 'valid'));
for (const [name, values] of Object.entries(results)) console.log(`${name}: ${values}`);
conclude(results.webgpu[0] === Math.fround(-1e20));
