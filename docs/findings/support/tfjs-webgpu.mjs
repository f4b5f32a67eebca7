import * as dawn from 'webgpu';
import { notHere } from './conclude.mjs';

/** TensorFlow.js with backend `webgpu` on Dawn, in Node; it looks for what a browser has. */
const gpu = dawn.create([]);
if ((await gpu.requestAdapter()) === null) notHere('no WebGPU adapter');
Object.assign(globalThis, dawn.globals, { self: globalThis, window: globalThis });
Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
const { tf, runOn } = await import('./tfjs.mjs');
await import('@tensorflow/tfjs-backend-webgpu');
// Or small tensors would be computed on the CPU.
tf.env().set('WEBGPU_CPU_FORWARD', false);

export { gpu, runOn, tf };
