import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPyTorch } from '../../src/pytorch/index.js';

/** A Python that has torch; Debian's is not always the first of the path. */
const python = ['python3', '/usr/bin/python3'].find(
  (candidate) => spawnSync(candidate, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
);
if (python === undefined) console.log('not run: files that torch writes in the test (no Python with torch)');

interface Expected {
  readonly format: string;
  readonly container: string | null;
  readonly prefix: string | null;
  readonly tensors: readonly (readonly [name: string, shape: number[], dtype: string, values: number[] | null])[];
}

describe.skipIf(python === undefined)('openPyTorch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'strata-torch-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let made: ReadonlyMap<string, Expected> = new Map();
  beforeAll(() => {
    const script = join(import.meta.dirname, '../fixtures/write-checkpoints.py');
    const listed: Record<string, Expected> = JSON.parse(
      execFileSync(python ?? '', [script, folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    made = new Map(Object.entries(listed));
  });

  it('reads whatever torch writes of a network, as torch reads it', () => {
    expect(made.size).toBeGreaterThan(20);
    for (const [name, expected] of made) {
      const file = openPyTorch(readFileSync(join(folder, name)), name);
      expect({ format: file.format, container: file.container ?? null, prefix: file.prefix ?? null }, name).toEqual({
        format: expected.format,
        container: expected.container,
        prefix: expected.prefix,
      });
      const read = [...file.tensors].map(([key, stored]) => [
        key,
        stored.shape,
        stored.dtype,
        stored.dtype.includes('float') ? [...stored.read().data] : null,
      ]);
      expect(read, name).toEqual(expected.tensors);
    }
  });
});
