import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { noteNotJudged, readNotJudged, unjudge, variable } from '../mutation/not-judged.mjs';

const folder = mkdtempSync(join(tmpdir(), 'strata-mutants-'));
const file = join(folder, 'not-judged.json');

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('what a runner notes loses its status in the report, and nothing else does', () => {
  expect(readNotJudged(file).size).toBe(0);
  vi.stubEnv(variable, file);
  noteNotJudged(['1', '3'], 'without a mutant: 5, want 4');
  noteNotJudged(['4'], 'without a mutant: 6, want 4');
  const mutants = ['1', '2', '3', '4'].map((id) => ({ id, status: 'Killed' }));
  const report = { schemaVersion: '1', files: { 'one.ts': { source: '', mutants } } };
  expect(unjudge(report, readNotJudged(file), 'RuntimeError')).toEqual({
    schemaVersion: '1',
    files: {
      'one.ts': {
        source: '',
        mutants: [
          { id: '1', status: 'RuntimeError', statusReason: 'without a mutant: 5, want 4' },
          { id: '2', status: 'Killed' },
          { id: '3', status: 'RuntimeError', statusReason: 'without a mutant: 5, want 4' },
          { id: '4', status: 'RuntimeError', statusReason: 'without a mutant: 6, want 4' },
        ],
      },
    },
  });
});
