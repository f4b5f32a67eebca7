import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { listDevices } from '@strata/core';
import { afterAll, describe, expect, it } from 'vitest';
import { backends } from '../backends.mjs';

const summary = resolve(import.meta.dirname, '../summary.mjs');
const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

type File = Readonly<Record<string, 'passed' | 'failed' | 'pending'>>;

/** Test files by name; one that did not load is `'broken'`. */
type Files = Readonly<Record<string, File | 'broken'>>;

/** The output and exit code of the summary over one room with these test files. */
function summarise(files: Files, environment: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'strata-summary-'));
  roots.push(root);
  const room = join(root, 'tools/conformance');
  for (const folder of [join(root, 'packages'), room]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(room, 'package.json'), '{ "name": "@strata/conformance" }');
  const tests = Object.values(files).flatMap((file) => (file === 'broken' ? [] : Object.values(file)));
  const count = (wanted: string) => tests.filter((status) => status === wanted).length;
  const results = {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: 0,
    testResults: Object.entries(files).map(([name, file]) => ({
      name: join(room, name),
      status: file === 'broken' || Object.values(file).includes('failed') ? 'failed' : 'passed',
      message: file === 'broken' ? 'does not load' : '',
      assertionResults: Object.entries(file === 'broken' ? {} : file).map(([fullName, status]) => ({
        fullName,
        status,
        failureMessages: status === 'failed' ? ['1 is not 2\n    at there'] : [],
      })),
    })),
  };
  writeFileSync(join(room, '.test-results.json'), JSON.stringify(results));
  const { stdout, status } = spawnSync(process.execPath, [summary, root], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return { status, lines: stdout.trim().split('\n') };
}

const devices = (['node', 'browser'] as const).flatMap((runtime) =>
  backends.flatMap((backend) =>
    listDevices(backend, runtime)
      .filter(({ terms }) => terms.pace !== 'rare')
      .map(({ device }) => `${backend.name}/${device}${runtime === 'node' ? '' : ' in chromium'}`),
  ),
);
const tested = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`${name} conforms cases`, 'passed' as const]));

describe('the summary', () => {
  it('adds up, and names skipped tests', () => {
    const { status, lines } = summarise({ 'a.test.ts': { first: 'passed', second: 'pending' } }, { CI: '' });
    expect(status).toBe(0);
    expect(lines).toEqual([
      '@strata/conformance: 1 passed, 0 failed, 1 skipped',
      '  skipped: second',
      '1 passed, 0 failed, 1 skipped',
    ]);
  });

  it('names what failed, with its message', () => {
    const { status, lines } = summarise(
      { 'a.test.ts': { first: 'passed', second: 'failed' }, 'b.test.ts': 'broken' },
      {},
    );
    expect(status).toBe(1);
    expect(lines).toContain('  failed: tools/conformance/a.test.ts: second');
    expect(lines).toContain('    1 is not 2');
    expect(lines).toContain('  failed: tools/conformance/b.test.ts: the file');
    expect(lines).toContain('    does not load');
  });

  it('succeeds in CI when every device was tested', () => {
    expect(summarise({ 'a.test.ts': tested(devices) }, { CI: 'true' }).status).toBe(0);
  });

  it('fails in CI for a device that was left out, and for a file of which nothing ran', () => {
    const files = {
      'a.test.ts': tested(devices.filter((name) => name !== 'onnx/wasm')),
      'browser.test.ts': { 'in Chromium': 'pending' as const },
      'webgl.test.ts': {},
    };
    expect(summarise(files, { CI: '' }).status).toBe(0);
    const { status, lines } = summarise(files, { CI: 'true' });
    expect(status).toBe(1);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([
      'error: not tested: onnx/wasm',
      'error: not tested: tools/conformance/browser.test.ts',
      'error: not tested: tools/conformance/webgl.test.ts',
    ]);
  });
});
