import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const installed = join(root, 'node_modules/@tensorflow/tfjs-node-gpu');
const missing = !existsSync(join(installed, 'lib/napi-v8/tfjs_binding.node'));
if (missing) console.warn('tests of a broken TensorFlow are left out: it is not installed; npm run setup:tensorflow');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A project that has all our packages, and a copy of TensorFlow's that `damage` may spoil. */
function brokenProject(damage: (packageFolder: string) => void): string {
  const project = mkdtempSync(join(tmpdir(), 'strata-broken-'));
  folders.push(project);
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, '@tensorflow'), { recursive: true });
  mkdirSync(join(modules, '@strata'));
  const link = (name: string) => symlinkSync(join(root, 'node_modules', name), join(modules, name));
  for (const name of readdirSync(join(root, 'node_modules'))) if (!/^(@tensorflow|@strata|\.)/.test(name)) link(name);
  for (const name of readdirSync(join(root, 'node_modules/@tensorflow'))) {
    if (name !== 'tfjs-node-gpu') link(`@tensorflow/${name}`);
  }
  for (const name of ['core', 'formats']) link(`@strata/${name}`);
  // Copied, not linked: Node resolves from where a file really is.
  for (const part of ['package.json', 'dist']) {
    cpSync(join(root, 'packages/backend-tfjs', part), join(modules, '@strata/backend-tfjs', part), { recursive: true });
  }
  const copy = join(modules, '@tensorflow/tfjs-node-gpu');
  cpSync(installed, copy, { recursive: true, filter: (path) => !path.startsWith(join(installed, 'deps')) });
  cpSync(join(installed, 'deps/lib'), join(copy, 'deps/lib'), { recursive: true, verbatimSymlinks: true });
  damage(copy);
  return project;
}

const probe = `
import { createBackend } from '@strata/backend-tfjs';
const named = await createBackend({ device: 'native' }).then(() => 'opened', ({ code, message }) => ({ code, message }));
const backend = await createBackend();
const { device, passedOver } = backend.report;
await backend.dispose();
console.log(JSON.stringify({ named, device, passedOver }));
`;

function tryIn(project: string) {
  writeFileSync(join(project, 'probe.mjs'), probe);
  const stdout = execFileSync(process.execPath, ['probe.mjs'], { cwd: project, encoding: 'utf8', stdio: 'pipe' });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

describe.skipIf(missing)("TensorFlow's library, broken", { timeout: 120_000 }, () => {
  it.each<[string, (folder: string) => void]>([
    ['without its binding', (folder) => rmSync(join(folder, 'lib'), { recursive: true })],
    ['without its library', (folder) => rmSync(join(folder, 'deps/lib'), { recursive: true })],
    [
      'with a library that lacks symbols',
      (folder) => {
        const library = join(folder, 'deps/lib/libtensorflow_cc.so.2');
        rmSync(library);
        execFileSync('gcc', ['-shared', '-Wl,-soname,libtensorflow_cc.so.2', '-x', 'c', '/dev/null', '-o', library]);
      },
    ],
  ])('%s is a DeviceError with the cure, and auto goes on and says so', (_, damage) => {
    const { named, device, passedOver } = tryIn(brokenProject(damage));
    expect(named.code).toBe('DEVICE');
    expect(named.message).toMatch(/tfjs\/native: .*tfjs-node-gpu does not load: .+; run npm rebuild/);
    expect(device).toBe('wasm');
    const missing = expect.stringContaining('npm rebuild');
    expect(passedOver).toContainEqual({ device: 'native', reason: named.message, missing });
  });
});
