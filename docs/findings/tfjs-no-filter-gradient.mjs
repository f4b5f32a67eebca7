// The wasm backend can compute a convolution's gradient by its input, but has no kernel for the one by its filter.
import { conclude } from './support/conclude.mjs';
import { tf } from './support/tfjs.mjs';

const has = (kernel) => tf.getKernel(kernel, 'wasm') !== undefined;
for (const kernel of ['Conv2DBackpropInput', 'Conv2DBackpropFilter']) console.log(`${kernel}: ${has(kernel)}`);
conclude(has('Conv2DBackpropInput') && !has('Conv2DBackpropFilter'));
