import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

// A project that has our packages and what encodes ONNX models, and none of the libraries that compute.
const project = mkdtempSync(join(tmpdir(), 'strata-missing-'));
for (const name of ['core', 'backend-onnx', 'backend-tfjs', 'backend-gpujs']) {
  for (const part of ['package.json', 'dist']) install(`packages/${name}/${part}`, `@strata/${name}/${part}`);
}
install('node_modules/@bufbuild/protobuf', '@bufbuild/protobuf');
afterAll(() => rmSync(project, { recursive: true }));

function install(from: string, name: string): void {
  const to = join(project, 'node_modules', name);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(root, from), to, { recursive: true });
}

/** How opening a device fails there: the error's class, code and message. */
function complaint(backend: string, device: string): string {
  const file = join(project, 'program.mjs');
  writeFileSync(
    file,
    `import { createBackend } from '@strata/backend-${backend}';
    const opened = await createBackend({ device: '${device}' }).catch((error) => error);
    console.log(opened.name, opened.code, opened.message);`,
  );
  return spawnSync(process.execPath, [file], { cwd: project, encoding: 'utf8' }).stdout.trim();
}

it.each([
  ['onnx', 'native', 'onnxruntime-node'],
  ['onnx', 'wasm', 'onnxruntime-web'],
  ['onnx', 'webgpu', 'onnxruntime-node'],
  ['tfjs', 'native', '@tensorflow/tfjs-core'],
  ['tfjs', 'webgpu', '@tensorflow/tfjs-backend-webgpu'],
  ['tfjs', 'wasm', '@tensorflow/tfjs-backend-wasm'],
  ['tfjs', 'js', '@tensorflow/tfjs-backend-cpu'],
  ['gpujs', 'webgpu', 'webgpu'],
  ['gpujs', 'webgl', 'gpu.js'],
  ['gpujs', 'wasm', 'gpu.js'],
  ['gpujs', 'js', 'gpu.js'],
])('%s/%s says that it needs %s', (backend, device, library) => {
  const said = complaint(backend, device);
  expect(said).toMatch(new RegExp(`^DeviceError DEVICE ${backend}/${device}: `));
  expect(said).toContain(`npm install ${library}`);
});
