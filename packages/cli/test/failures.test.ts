import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { showProgress } from '../src/output/progress.js';
import { makeFolder } from './support/folder.js';
import { strata, strataOn } from './support/strata.js';

describe('a command that fails as a whole', () => {
  it('gives its error as JSON too', async () => {
    const { code, stdout } = await strata('summary', '--json', '--variant', 'nothing');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'USAGE', message: expect.stringContaining("'nothing'") } });
    const missing = await strata('evaluate', '--json', '--data', 'no-such-folder');
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.stdout)).toEqual({
      error: { code: 'INPUT', message: expect.stringContaining('no-such-folder') },
    });
  });

  it('says so in at most 300 characters on a terminal, and in full with --debug', async () => {
    const words = ['evaluate', '--data', `${'folder/'.repeat(50)}end`] as const;
    const { stderr } = await strataOn({ isTTY: true, env: { NO_COLOR: '1' } }, ...words);
    const lines = stderr.split('\n').filter((line) => line.startsWith('error:'));
    expect(lines).toHaveLength(1);
    expect([...lines[0]].length).toBeLessThanOrEqual(300);
    expect(lines[0]).toMatch(/--debug\)$/);
    const whole = await strataOn({ isTTY: true, env: { NO_COLOR: '1' } }, ...words, '--debug');
    expect(whole.stderr).toContain('folder/end: no such folder');
  });
});

describe('a stack', () => {
  it('brings no control character of a word to the terminal', async () => {
    const { code, stderr } = await strata('\u001b[31m', '--debug');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ {4}at /m);
    expect(stderr).not.toContain('\u001b');
  });
});

describe('weights with 200 wrong names', () => {
  it('are told by the first of them, and those wanted in a table of 20 rows, in JSON too, and whole with --debug', async () => {
    const weights = join(makeFolder(), 'surplus.safetensors');
    const header = JSON.stringify(
      Object.fromEntries(
        Array.from({ length: 200 }, (_, i) => [`tensor${i}`, { dtype: 'F32', shape: [0], data_offsets: [0, 0] }]),
      ),
    );
    const bytes = Buffer.alloc(8 + header.length);
    bytes.writeBigUInt64LE(BigInt(header.length));
    bytes.write(header, 8);
    await writeFile(weights, bytes);
    const { code, stderr } = await strata('classify', 'x.png', '--weights', weights);
    expect(code).toBe(1);
    const [line, ...table] = stderr.trimEnd().split('\n');
    expect(line.replace(weights, 'FILE')).toBe(
      "error: FILE: 200 tensors of names that nobody knows ('tensor0', 'tensor1', 'tensor2' …), want the seed variant",
    );
    expect(table).toHaveLength(1 + 20 + 1);
    expect([0, 1, 11, 21].map((row) => table[row].replace(/ {2,}/g, '  '))).toEqual([
      'name  got  want',
      'conv1.weight  missing  [64,1,7,7]',
      'tensor0  [0]  none',
      '… and 296 more',
    ]);
    const json = await strata('classify', 'x.png', '--weights', weights, '--json');
    const { error } = JSON.parse(json.stdout);
    expect(error.message.replace(weights, 'FILE')).toBe(line.replace(weights, 'FILE').replace('error: ', ''));
    expect(error.table.columns).toEqual(['name', 'got', 'want']);
    expect(error.table.rows).toHaveLength(20);
    expect(error.table.more).toBe(296);
    expect((await strata('classify', 'x.png', '--weights', weights, '--debug')).stderr).toContain(
      'inception5b.branch4.weight',
    );
  });
});

describe('progress on a terminal', () => {
  it('switches nothing off that an interrupted command would leave off', async () => {
    let written = '';
    const stderr = Object.assign(
      new Writable({
        write(chunk, _encoding, done) {
          written += String(chunk);
          done();
        },
      }),
      { isTTY: true, columns: 80, cursorTo: () => true, clearLine: () => true },
    );
    await showProgress('pictures', { stdout: stderr, stderr, env: {} }, async (onProgress) => {
      onProgress(1, 10_000);
      onProgress(9_999, 10_000);
    });
    expect(written).toMatch(/pictures/);
    for (const off of ['\u001b[?7l', '\u001b[?25l']) expect(written).not.toContain(off);
  });
});
