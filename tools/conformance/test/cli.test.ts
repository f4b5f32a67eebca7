import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { computeKinds, InputError } from '@strata/core';
import { formatFailure, replayLine } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { allSubjects } from '../src/check/subjects.js';
import { parseOptions } from '../src/cli/options.js';
import { runConformance } from '../src/cli/run.js';
import { readArray, readRecord } from '../src/json.js';

async function run(...words: string[]) {
  const printed = { out: '', err: '' };
  const code = await runConformance(parseOptions(words), {
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
  });
  return { code, ...printed };
}

/** What `--runs 8` makes of a subject: nothing is drawn for the official cases and the precision. */
function checkedOf(op: unknown): number {
  if (op === 'cases') return 105;
  if (op === 'precision') return 1;
  if (op === 'graph') return 16;
  if (String(op).startsWith('known: ')) return 1;
  return op === 'stateful' || String(op).startsWith('law: ') ? 2 : 8;
}

describe('the conformance command', () => {
  it('prints one JSON value, with everything that was checked', async () => {
    const { code, out } = await run('--backend', 'reference', '--runs', '8', '--seed', '5', '--json');
    expect(code).toBe(0);
    const results = readArray(JSON.parse(out), 'output').map((row) => readRecord(row, 'row'));
    expect(results.map(({ op }) => op)).toEqual(allSubjects);
    for (const row of results) {
      expect(row).toMatchObject({ backend: 'reference', device: 'js', runtime: 'node', failed: 0, gaps: [] });
      expect(row.checked).toBe(checkedOf(row.op));
      expect(row.worst).toBeLessThanOrEqual(1);
    }
  });

  it('writes a page with every subject, the bounds used and the devices', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'strata-conformance-'));
    const file = join(folder, 'page.md');
    await run('--backend', 'reference', '--runs', '8', '--seed', '5', '--page', file);
    const page = await readFile(file, 'utf8');
    await rm(folder, { recursive: true });
    expect(page).toContain('`npm run conformance -- --backend reference --runs 8 --seed 5 --page');
    for (const subject of allSubjects) {
      const row = `${subject.replace('law: ', '')} \\| ${checkedOf(subject)}`;
      expect(page).toMatch(new RegExp(`^\\| ${row}: [01]\\.\\d{3} \\|$`, 'm'));
    }
    expect(page).toContain('- reference/js: @strata/core 0.1.0, 1 thread, float32, convolution: direct');
  });

  it('replays: the same seed gives the same worst share', async () => {
    const words = ['--backend', 'reference', '--op', 'conv2d', '--runs', '10', '--seed', '9'];
    expect((await run(...words)).out).toBe((await run(...words)).out);
  });

  it('says which words are wrong', () => {
    const messageOf = (...words: string[]) => {
      try {
        parseOptions(words);
      } catch (error) {
        if (error instanceof InputError) return error.message;
        throw error;
      }
      return 'no error';
    };
    expect(messageOf('--op', 'conv3d')).toBe(
      `--op: 'conv3d', want ${computeKinds.join(', ')}, graph, law, 'law: NAME', cases, precision`,
    );
    expect(messageOf('--runs', '0')).toMatchInlineSnapshot(`"--runs: '0', want a whole number of at least 1"`);
    expect(messageOf('--seed', 'x')).toMatchInlineSnapshot(`"--seed: 'x', want a whole number"`);
    expect(messageOf('--path', '0:1')).toMatchInlineSnapshot(
      `"--path: no --seed or no --op beside it, want all three"`,
    );
    expect(messageOf('--runtime', 'deno')).toMatchInlineSnapshot(`"--runtime: 'deno', want node, chromium or all"`);
    expect(messageOf('--frobnicate')).toContain("conformance: Unknown option '--frobnicate'");
  });

  it('names the devices that a backend has, and modules that are not backends', async () => {
    await expect(run('--backend', 'reference', '--device', 'cuda')).rejects.toThrow("--device: 'cuda', want js");
    await expect(run('--backend', 'tfjs', '--device', 'webgl')).rejects.toThrow(
      "--device: 'webgl', want native, wasm, js, webgpu, cuda; --runtime chromium has it",
    );
    await expect(run('--backend', './no-such-file.js')).rejects.toThrow("--backend: './no-such-file.js': ");
    await expect(run('--backend', '@strata/core')).rejects.toThrow('want createBackend');
  });

  it('prints a failure with its graph, its worst elements and the line that replays it', () => {
    const result = {
      backend: 'onnx',
      device: 'wasm',
      op: 'law: conv2d is linear',
      seed: 3,
      checked: 8,
      failed: 1,
      gaps: [],
      worst: 7,
      failure: { seed: 3, path: '7:0:1', graph: 'x = input()', details: 'off by much' },
    };
    expect(replayLine(result)).toBe(
      "npm run conformance -- --backend onnx --device wasm --op 'law: conv2d is linear' --seed 3 --path 7:0:1",
    );
    expect(replayLine({ ...result, runtime: 'chromium' })).toMatch(/--runtime chromium --seed 3 --path 7:0:1$/);
    const whole = { ...result, op: 'cases', failure: { graph: 'x = input()', details: 'test_relu: off by much' } };
    expect(replayLine(whole)).toBe('npm run conformance -- --backend onnx --device wasm --op cases');
    expect(formatFailure(result)).toContain('x = input()\noff by much\nreplay: npm run conformance');
  });
});
