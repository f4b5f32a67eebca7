import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { computeKinds, type Model } from '@strata/core';
import { generators } from '@strata/trials';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { exportOnnx } from '../../src/onnx/index.js';
import { buildVariedNetwork } from '../support/varied-network.js';

/** A Python that has onnx; `STRATA_PYTHON` names one that is not in the path. */
const python = [process.env.STRATA_PYTHON ?? 'python3', 'python3', '/usr/bin/python3'].find(
  (candidate) => spawnSync(candidate, ['-c', 'import onnx'], { stdio: 'ignore' }).status === 0,
);
if (python === undefined) console.log("not run: onnx's own checker on exported files (no Python with onnx)");

describe.skipIf(python === undefined)("onnx's checker and strict shape inference", () => {
  const folder = mkdtempSync(join(tmpdir(), 'strata-onnx-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function check(models: readonly Model[]): string {
    const paths = models.flatMap(({ graph, weights }, index) =>
      (['float32', 'float16'] as const).map((precision) => {
        const path = join(folder, `${index}-${precision}.onnx`);
        writeFileSync(path, exportOnnx(graph, weights, { precision, metadata: { labels: '["é"]' } }));
        return path;
      }),
    );
    const script = join(import.meta.dirname, '../fixtures/check-onnx.py');
    const { stdout, stderr, status } = spawnSync(python ?? '', [script, ...paths], { encoding: 'utf8' });
    return status === 0 ? stdout : stderr;
  }

  it('accept exported files of every op, at open sizes, and as float16', () => {
    const drawn = computeKinds.flatMap((kind) => fc.sample(generators[kind], { numRuns: 8, seed: 1 }));
    const fits = ({ weights }: Model) =>
      Object.values(weights).every(({ data }) => data.every((value) => Math.abs(value) < 65_520));
    expect(check([buildVariedNetwork(), ...drawn.filter(fits)])).toBe('');
  });
});
