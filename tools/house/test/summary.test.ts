import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const summary = resolve(import.meta.dirname, '../summary.mjs');
const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

type Files = Readonly<Record<string, Readonly<Record<string, 'passed' | 'pending'>>>>;

/** The output and exit code of the summary over one room with these test files. */
function summarise(files: Files, environment: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'strata-summary-'));
  roots.push(root);
  const room = join(root, 'tools/conformance');
  for (const folder of [join(root, 'packages'), room]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(room, 'package.json'), '{ "name": "@strata/conformance" }');
  const tests = Object.values(files).flatMap((file) => Object.values(file));
  const results = {
    numPassedTests: tests.filter((status) => status === 'passed').length,
    numFailedTests: 0,
    numPendingTests: tests.filter((status) => status === 'pending').length,
    numTodoTests: 0,
    testResults: Object.entries(files).map(([name, file]) => ({
      name: join(room, name),
      assertionResults: Object.entries(file).map(([fullName, status]) => ({ fullName, status })),
    })),
  };
  writeFileSync(join(room, '.test-results.json'), JSON.stringify(results));
  const { stdout, status } = spawnSync(process.execPath, [summary, root], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return { status, lines: stdout.trim().split('\n') };
}

const devices = [
  ...['onnx/native', 'onnx/wasm', 'onnx/webgpu', 'tfjs/native', 'tfjs/wasm', 'tfjs/js', 'tfjs/webgpu'],
  ...['gpujs/wasm', 'gpujs/js', 'gpujs/webgpu', 'gpujs/webgl'],
  ...['onnx/wasm in chromium', 'onnx/webgpu in chromium'],
  ...['tfjs/wasm in chromium', 'tfjs/js in chromium', 'tfjs/webgl in chromium', 'tfjs/webgpu in chromium'],
  ...['gpujs/wasm in chromium', 'gpujs/js in chromium', 'gpujs/webgl in chromium', 'gpujs/webgpu in chromium'],
];
const tested = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`${name} conforms cases`, 'passed' as const]));

describe('the summary', () => {
  it('adds up, and names what was skipped', () => {
    const { status, lines } = summarise({ 'a.test.ts': { first: 'passed', second: 'pending' } }, { CI: '' });
    expect(status).toBe(0);
    expect(lines).toEqual([
      '@strata/conformance: 1 passed, 0 failed, 1 skipped',
      '  skipped: second',
      '1 passed, 0 failed, 1 skipped',
    ]);
  });

  it('is content in CI when every device was tested', () => {
    expect(summarise({ 'a.test.ts': tested(devices) }, { CI: 'true' }).status).toBe(0);
  });

  it('fails in CI for a device that was left out, and for a file of which nothing ran', () => {
    const files = {
      'a.test.ts': tested(devices.filter((name) => name !== 'gpujs/webgl')),
      'browser.test.ts': { 'in Chromium': 'pending' as const },
      'webgl.test.ts': {},
    };
    expect(summarise(files, { CI: '' }).status).toBe(0);
    const { status, lines } = summarise(files, { CI: 'true' });
    expect(status).toBe(1);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([
      'error: not tested: gpujs/webgl',
      'error: not tested: tools/conformance/browser.test.ts',
      'error: not tested: tools/conformance/webgl.test.ts',
    ]);
  });
});
