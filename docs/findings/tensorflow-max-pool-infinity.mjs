// TensorFlow's max pool starts from the lowest finite number: so low, and no lower, is a window of minus infinities.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { conclude, notHere } from './support/conclude.mjs';

process.env.CUDA_VISIBLE_DEVICES = '-1';
process.env.TF_CPP_MIN_LOG_LEVEL = '2';
const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
if (!existsSync(join(folder, 'lib/napi-v8/tfjs_binding.node'))) notHere('no TensorFlow: npm run setup:tensorflow');
const tf = require('@tensorflow/tfjs-node-gpu');
// Or it praises a faster package on the way.
tf.env().set('PROD', true);
const pool = async (backend) => {
  await tf.setBackend(backend);
  return tf.maxPool(tf.fill([1, 2, 2, 1], Number.NEGATIVE_INFINITY), 2, 1, 'valid').dataSync()[0];
};
const results = { cpu: await pool('cpu'), tensorflow: await pool('tensorflow') };
for (const [name, value] of Object.entries(results)) console.log(`${name}: ${value}`);
conclude(results.cpu === Number.NEGATIVE_INFINITY && Number.isFinite(results.tensorflow));
