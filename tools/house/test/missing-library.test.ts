import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { listDevices } from '@strata/core';
import { afterAll, expect, it } from 'vitest';
import { backends } from '../backends.mjs';

const root = resolve(import.meta.dirname, '../../..');

// A project that has our packages and what encodes ONNX models, and none of the libraries that compute.
const project = mkdtempSync(join(tmpdir(), 'strata-missing-'));
for (const name of ['core', 'formats', ...backends.map((backend) => `backend-${backend.name}`)]) {
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

const targets = backends.flatMap((backend) =>
  listDevices(backend, 'node')
    .filter(({ terms }) => terms.pace !== 'rare')
    .map(({ device }) => [backend.name, device] as const),
);

it.each(targets)('%s/%s says which library it needs', (backend, device) => {
  const said = complaint(backend, device);
  expect(said).toMatch(new RegExp(`^DeviceError DEVICE ${backend}/${device}: `));
  const manifest = JSON.parse(readFileSync(join(root, `packages/backend-${backend}/package.json`), 'utf8'));
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  const libraries = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  expect(libraries.filter((library) => said.includes(`npm install ${library}`))).not.toEqual([]);
});
