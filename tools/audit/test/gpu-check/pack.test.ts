import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { backends } from '@strata/conformance/targets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../../gpu-check/pack/contents.mjs';
import { copyPackages } from '../../gpu-check/pack/copy-packages.mjs';

const root = resolve(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'strata-pack-'));
let copied: string[];

beforeAll(() => {
  copied = copyPackages(root, folder);
  mkdirSync(join(folder, 'bin'));
  symlinkSync(process.execPath, join(folder, 'bin/node'));
  copyFileSync(join(import.meta.dirname, '../../gpu-check/pack/check.sh'), join(folder, 'check.sh'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('what is packed', () => {
  it('has the three libraries for Linux on x86-64, and nothing that is left out', () => {
    for (const file of [
      'webgpu/dist/linux-x64/dawn.node',
      'onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
    ]) {
      expect(existsSync(join(folder, 'node_modules', file)), file).toBe(true);
    }
    expect(copied.filter((name) => name.includes('win32'))).toEqual([]);
    for (const name of Object.keys(leftOut)) expect(existsSync(join(folder, 'node_modules', name)), name).toBe(false);
    expect(existsSync(join(folder, 'node_modules/webgpu/dist/win32-x64'))).toBe(false);
    expect(existsSync(join(folder, 'node_modules/gpu.js/node_modules/webgpu'))).toBe(false);
  });

  it('loads whatever the check loads', () => {
    const ours = ['conformance', 'googlenet', 'cli'].map((name) => `@strata/${name}`);
    const names = [...ours, ...backends.map((declaration) => `${declaration.package}/webgpu`)];
    const libraries = ['@tensorflow/tfjs-backend-webgpu', 'gpu.js', 'onnxruntime-node', 'webgpu'];
    const code = [...names, ...libraries].map((name) => `await import('${name}');`).join('\n');
    const { status, stderr } = start(process.execPath, ['--input-type=module', '-e', code]);
    expect(stderr).not.toContain('ERR_MODULE_NOT_FOUND');
    expect(status).toBe(0);
  });

  it('starts by check.sh, from any folder', () => {
    const help = start('sh', [join(folder, 'check.sh'), '--help'], tmpdir());
    expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining('usage: check.sh') });
    const wrong = start('sh', [join(folder, 'check.sh'), '--device', 'cuda'], tmpdir());
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('--device cuda, want onnx/webgpu') });
  });
});

function start(program: string, args: readonly string[], cwd = folder) {
  return spawnSync(program, args, { cwd, encoding: 'utf8' });
}
