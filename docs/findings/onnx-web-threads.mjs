// onnxruntime-web takes the number of threads once in a process; a second one changes nothing and is no error.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import web from 'onnxruntime-web';
import { conclude, notHere } from './support/conclude.mjs';
import { runOnnx } from './support/onnx.mjs';

const tasks = '/proc/self/task';
if (!existsSync(tasks)) notHere('threads are counted in /proc');

const [asked] = process.argv.slice(2);
if (asked !== undefined) {
  const shape = [1, 4];
  const model = { nodes: [{ op: 'Relu', inputs: ['x'], output: 'y' }], inputs: { x: shape }, outputs: { y: shape } };
  const before = readdirSync(tasks).length;
  for (const threads of asked.split(',')) {
    web.env.wasm.numThreads = Number(threads);
    await runOnnx(web, model, { x: [1, 2, 3, 4], shape });
  }
  console.log(readdirSync(tasks).length - before);
  process.exit(0);
}
const started = ['1', '4', '1,4', '4,1'].map((threads) => {
  const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), threads], { encoding: 'utf8' });
  console.log(`asked for ${threads}: ${stdout.trim()} more threads`);
  return Number(stdout);
});
conclude(started[1] > started[0] && started[2] === started[0] && started[3] === started[1]);
