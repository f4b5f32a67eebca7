// Which listeners a program's process has before, during and after the life of TensorFlow.js' wasm backend.
import { createRequire } from 'node:module';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { conclude } from './support/conclude.mjs';
import { tf } from './support/tfjs.mjs';

const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
setWasmPaths(main.slice(0, -'tf-backend-wasm.node.js'.length));
const counts = () =>
  ['uncaughtException', 'unhandledRejection'].map((event) => `${process.listenerCount(event)} ${event}`).join(', ');

process.on('uncaughtException', () => undefined);
console.log(`the program's: ${counts()}`);
const backend = await tf.findBackendFactory('wasm')();
console.log(`with the backend: ${counts()}`);
backend.dispose();
console.log(`after dispose: ${counts()}`);
conclude(process.listenerCount('uncaughtException') === 0);
