import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, withoutFolder } from './support/folder.js';
import { drawPng } from './support/png.js';
import { ramp, spawnStrata, strata, strataOn } from './support/strata.js';

const folder = makeFolder();
const good = join(folder, 'good.png');
writeFileSync(good, drawPng());
writeFileSync(join(folder, 'empty.png'), '');
writeFileSync(join(folder, 'truncated.png'), drawPng().subarray(0, 60));
writeFileSync(join(folder, 'text.jpg'), 'not a picture at all');
mkdirSync(join(folder, 'folder.png'));
const bad = ['missing.png', 'empty.png', 'truncated.png', 'text.jpg', 'folder.png'].map((name) => join(folder, name));

const samples = resolve(import.meta.dirname, '../../googlenet/samples');
const shown: Readonly<Record<string, string>> = {
  'ankle-boot.jpg': 'Ankle boot',
  'bag.png': 'Bag',
  'dress.png': 'Dress',
  'pullover.jpg': 'Pullover',
  'sandal.png': 'Sandal',
  'sneaker.jpg': 'Sneaker',
  't-shirt.jpg': 'T-shirt/top',
  'trouser.jpg': 'Trouser',
};

describe('strata classify', () => {
  it('tells of every shipped sample what its name says', async () => {
    const files = readdirSync(samples).filter((name) => /\.(jpg|png)$/.test(name));
    expect(files.sort()).toEqual(Object.keys(shown));
    const { code, stdout, stderr } = await strata('classify', ...files.map((name) => join(samples, name)), '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const results: readonly { top: readonly { label: string; probability: number }[] }[] = JSON.parse(stdout);
    expect(results.map(({ top: [best] }) => best.label)).toEqual(Object.values(shown));
    for (const { top } of results) expect(top[0].probability).toBeGreaterThan(0.9);
  });

  it('gives one JSON value', async () => {
    const { code, stdout, stderr } = await strata('classify', good, ...ramp, '--top', '2', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const powers = Array.from({ length: 10 }, (_, index) => Math.exp(index - 9));
    const sum = powers.reduce((total, power) => total + power, 0);
    expect(JSON.parse(stdout)).toEqual([
      {
        image: good,
        backend: 'ramp',
        device: 'ramp',
        top: [
          { label: 'Ankle boot', index: 9, probability: expect.closeTo(1 / sum, 12) },
          { label: 'Bag', index: 8, probability: expect.closeTo(Math.exp(-1) / sum, 12) },
        ],
      },
    ]);
  });

  it('gives five labels in JSON, and no more than there are', async () => {
    const count = async (...words: string[]) => {
      const { stdout } = await strata('classify', good, ...ramp, '--json', ...words);
      return JSON.parse(stdout)[0].top.length;
    };
    expect(await count()).toBe(5);
    expect(await count('--top', '99')).toBe(10);
  });

  it.each(['1', '2', '32'])('does the others when some fail, %s at a time', async (batch) => {
    const words = ['classify', bad[0], good, ...bad.slice(1), good, '--batch', batch].filter(
      (word) => word !== undefined,
    );
    const { code, stdout, stderr } = await strata(...words, ...ramp, '--json');
    expect(code).toBe(1);
    const results: unknown = JSON.parse(stdout);
    const failed = (image: string | undefined) => ({ image, error: { code: 'INPUT', message: expect.any(String) } });
    const done = expect.objectContaining({ image: good, top: expect.any(Array) });
    expect(results).toEqual([failed(bad[0]), done, ...bad.slice(1).map(failed), done]);
    expect(withoutFolder(stderr, folder)).toMatchSnapshot('the same at any batch size');
  });

  it('prints a table without colour where nobody sees it', async () => {
    const { code, stdout } = await strata('classify', good, ...ramp);
    expect(code).toBe(0);
    expect(withoutFolder(stdout, folder).replace(/\d+(\.\d)? ms/, '1.0 ms')).toMatch(
      /^picture +label +probability +time\ngood\.png +Ankle boot +63\.2 % +1\.0 ms\non ramp\/ramp\n$/,
    );
  });

  it('prints colour on a terminal unless NO_COLOR is set', async () => {
    const coloured = await strataOn({ isTTY: true }, 'classify', good, ...ramp);
    expect(coloured.stdout).toContain('\u001b[32mAnkle boot\u001b[39m');
    const plain = await strataOn({ isTTY: true, env: { NO_COLOR: '1' } }, 'classify', good, ...ramp);
    expect(plain.stdout).not.toContain('\u001b');
  });

  it('keeps line breaks and control characters of file names from the terminal', async () => {
    const { stderr } = await strata('classify', join(folder, 'two\nlines\u001b[31m.png'), ...ramp);
    expect(withoutFolder(stderr, folder)).toBe('error: two lines�[31m.png: no such file, want a picture file\n');
  });

  it('runs for real on onnx/native, with nothing but JSON on stdout', { timeout: 60_000 }, async () => {
    const { code, stdout, stderr } = await spawnStrata('classify', good, '--device', 'native', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [{ top, ...rest }] = JSON.parse(stdout);
    expect(rest).toEqual({ image: good, backend: 'onnx', device: 'native' });
    expect(top).toHaveLength(5);
  });

  it('fails with code 1 and one line on a machine without CUDA, and prints nothing on stdout', {
    timeout: 60_000,
  }, async () => {
    const { code, stdout, stderr } = await spawnStrata('classify', good, '--device', 'cuda', '--json');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: onnx\/cuda: .+\n$/);
  });
});
