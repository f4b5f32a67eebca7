// A numeric padding with 'ceil': the wasm kernel packs rows as if there were fewer columns.
import { conclude } from './support/conclude.mjs';
import { runOn, tf } from './support/tfjs.mjs';

const x = Array.from({ length: 36 }, (_, i) => i);
const results = await runOn(['cpu', 'wasm'], () => tf.maxPool(tf.tensor4d(x, [1, 6, 6, 1]), 3, 2, 0, 'ceil'));
for (const [name, values] of Object.entries(results)) console.log(`${name}: ${values}`);
conclude(results.cpu.join() !== results.wasm.join());
