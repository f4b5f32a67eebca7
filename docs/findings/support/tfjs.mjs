import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';

tf.env().set('PROD', true);
setWasmPaths(`${join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '')}/`);

export { tf };

/** The values that `compute` gives on each of the backends. */
export async function runOn(backends, compute) {
  const results = {};
  for (const name of backends) {
    await tf.setBackend(name);
    await tf.ready();
    results[name] = [...(await tf.tidy(compute).data())];
  }
  return results;
}
