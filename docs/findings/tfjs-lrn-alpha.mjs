// tfjs' LRN does not divide alpha by the window's size, as ONNX, Caffe and PyTorch do; the size is always odd (2·radius + 1).
import { conclude } from './support/conclude.mjs';
import { runOn, tf } from './support/tfjs.mjs';

const { cpu } = await runOn(['cpu'], () =>
  tf.localResponseNormalization(tf.tensor4d([1, 1, 1], [1, 1, 1, 3]), 1, 1, 1, 1),
);
console.log(`x = 1,1,1; size 3, k = alpha = beta = 1: ${cpu}`);
console.log(`1/(1 + Σx²) = ${[1 / 3, 1 / 4, 1 / 3]}, 1/(1 + Σx²/3) = ${[3 / 5, 1 / 2, 3 / 5]}`);
conclude(Math.abs(cpu[1] - 1 / 4) < 1e-6);
