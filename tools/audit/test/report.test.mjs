import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coreOfTheSuite } from '../nodes/core-of-the-suite.mjs';
import { formatReport } from '../nodes/report.mjs';

const root = resolve(import.meta.dirname, '../../..');

describe('the core of the suite', () => {
  it('names folders and files that are there', () => {
    for (const { folder, files } of coreOfTheSuite) {
      expect(readdirSync(join(root, folder)), folder).toContain('test');
      for (const file of files) expect(existsSync(join(root, folder, 'test', file)), file).toBe(true);
    }
  });
});

describe('the report', () => {
  const room = { folder: 'packages/core', ok: true, passed: 3, failed: 0, skipped: 0, failures: [] };
  const globals = { ok: true, ran: ['onnx/wasm'], absent: [], told: '' };

  it('has a column for each version, and names what failed', () => {
    const broken = { ...room, ok: false, failed: 1, skipped: 2, failures: ['adds: Error: 5, want 4'] };
    const changed = { ...globals, ok: false, told: 'tfjs/webgpu: globalThis.self was added' };
    const results = [
      { version: 'v20.20.2', rooms: [room], globals },
      { version: 'v22.23.3', rooms: [broken], globals: changed },
    ];
    const page = formatReport(results, new Date('2026-11-24'));
    expect(page).toContain('on 2026-11-24');
    expect(page).toContain('| packages/core | 3 | 3, 1 failed, 2 skipped |');
    expect(page).toContain('| globals put back | yes | no |');
    expect(page).toContain('failed, packages/core: adds: Error: 5, want 4');
    expect(page).toContain('globals: tfjs/webgpu: globalThis.self was added');
  });
});

describe('the command', () => {
  it('explains wrong words', () => {
    const run = (...words) =>
      spawnSync(process.execPath, [join(import.meta.dirname, '../nodes/test-nodes.mjs'), ...words], {
        encoding: 'utf8',
      });
    expect(run('--wat')).toMatchObject({ status: 2, stderr: expect.stringContaining('usage: npm run test:nodes') });
    expect(run('--only', 'packages/none')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("'packages/none', want packages/core"),
    });
  });
});
