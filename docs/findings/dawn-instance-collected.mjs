// Dawn's Node package: the process dies when the instance is collected while a device of it lives.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { conclude, notHere } from './support/conclude.mjs';

if (process.argv[2] === undefined) {
  const run = (keep) =>
    spawnSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), keep], {
      encoding: 'utf8',
      // Sometimes the process hangs instead.
      timeout: 30_000,
      killSignal: 'SIGKILL',
    });
  const [kept, dropped] = [run('keep'), run('drop')];
  if (kept.status === 3) notHere('no WebGPU adapter');
  const tell = ({ status, signal }) => (status === 0 ? 'ends well' : `ends by ${signal ?? `exit code ${status}`}`);
  console.log(`instance kept: ${tell(kept)}; instance dropped: ${tell(dropped)}`);
  conclude(kept.status === 0 && dropped.status !== 0);
}

const { create } = await import('webgpu');
const kept = [];
async function openDevice() {
  const gpu = create([]);
  if (process.argv[2] === 'keep') kept.push(gpu);
  const adapter = await gpu.requestAdapter();
  if (adapter === null) process.exit(3);
  return adapter.requestDevice();
}
const device = await openDevice();
for (let i = 0; i < 20; i++) {
  globalThis.gc();
  await new Promise((resolve) => setTimeout(resolve, 10));
}
device.destroy();
process.exit(kept.length > 1 ? 4 : 0);
