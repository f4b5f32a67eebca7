// TensorFlow's own depthwise kernel, used where oneDNN's is not, steps equally along rows and columns alone.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { conclude, notHere } from './support/conclude.mjs';
import { refusal } from './support/onnx.mjs';

process.env.TF_ENABLE_ONEDNN_OPTS = '0';
process.env.CUDA_VISIBLE_DEVICES = '-1';
process.env.TF_CPP_MIN_LOG_LEVEL = '2';
const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
if (!existsSync(join(folder, 'lib/napi-v8/tfjs_binding.node'))) notHere('no TensorFlow: npm run setup:tensorflow');
const tf = require('@tensorflow/tfjs-node-gpu');
const convolve = (backend) =>
  refusal(async () => {
    await tf.setBackend(backend);
    tf.depthwiseConv2d(tf.zeros([1, 5, 5, 1]), tf.zeros([2, 2, 1, 1]), [1, 2], 'valid').dataSync();
  });
const told = await convolve('tensorflow');
console.log(`cpu: ${(await convolve('cpu')) ?? 'runs'}`);
console.log(`tensorflow: ${told ?? 'runs'}`);
conclude(told !== undefined);
