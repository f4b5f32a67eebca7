// After one start that failed, tfjs takes no other place for its wasm files in this process.
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { conclude } from './support/conclude.mjs';
import { refusal } from './support/onnx.mjs';
import { tf } from './support/tfjs.mjs';

setWasmPaths('/nowhere/');
console.warn = () => undefined;
process.on('unhandledRejection', () => undefined);
const started = await refusal(async () => {
  if (!(await tf.setBackend('wasm'))) throw new Error('does not start');
});
const told = await refusal(async () => setWasmPaths('/somewhere-else/'));
console.log(`with a wrong place: ${started ?? 'starts'}`);
console.log(`another place then: ${told ?? 'taken'}`);
conclude(told !== undefined);
