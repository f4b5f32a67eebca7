// TensorFlow's backend pools with 'valid' and 'same' alone, where tfjs' own definition has explicit padding.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { conclude, notHere } from './support/conclude.mjs';
import { refusal } from './support/onnx.mjs';

process.env.CUDA_VISIBLE_DEVICES = '-1';
process.env.TF_CPP_MIN_LOG_LEVEL = '2';
const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
if (!existsSync(join(folder, 'lib/napi-v8/tfjs_binding.node'))) notHere('no TensorFlow: npm run setup:tensorflow');
const tf = require('@tensorflow/tfjs-node-gpu');
const pool = (backend) =>
  refusal(async () => {
    await tf.setBackend(backend);
    tf.maxPool(tf.zeros([1, 5, 5, 1]), 3, 2, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
  });
const told = await pool('tensorflow');
console.log(`cpu: ${(await pool('cpu')) ?? 'runs'}`);
console.log(`tensorflow: ${told ?? 'runs'}`);
conclude(told !== undefined);
