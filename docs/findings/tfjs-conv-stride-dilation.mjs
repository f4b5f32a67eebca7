// A convolution with both stride and dilation is refused on every backend.
import { conclude } from './support/conclude.mjs';
import { refusal } from './support/onnx.mjs';
import { tf } from './support/tfjs.mjs';

await tf.setBackend('cpu');
const told = await refusal(async () =>
  tf.conv2d(tf.zeros([1, 8, 8, 1]), tf.zeros([3, 3, 1, 1]), [2, 2], 'valid', 'NHWC', [2, 2]),
);
console.log(told ?? 'runs');
conclude(told !== undefined);
