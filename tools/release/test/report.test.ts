import { expect, it } from 'vitest';
import { formatReport, type Result } from '../src/index.js';

it('has a table for each kind of check, and counts', () => {
  const results: Result[] = [
    { room: 'program', what: 'Node 20.20.2, onnx.mjs', ok: true, told: 'Ankle boot on onnx/native' },
    { room: 'page', what: 'esbuild, onnx', ok: false, told: 'no\nanswer | 404' },
  ];
  const page = formatReport(results, new Date('2026-11-28'));
  expect(page).toContain('on 2026-11-28');
  expect(page).toContain('1 of 2 checks passed');
  expect(page).toContain('| Node 20.20.2, onnx.mjs | yes | Ankle boot on onnx/native |');
  expect(page).toContain('| esbuild, onnx | **no** | no answer \\| 404 |');
});
