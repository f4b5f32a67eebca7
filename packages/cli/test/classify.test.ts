import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, withoutFolder } from './support/folder.js';
import { drawPng } from './support/png.js';
import { rewriteHeader, shippedWeights, withoutTensors } from './support/safetensors.js';
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
const fixtures = resolve(import.meta.dirname, '../../googlenet/test/fixtures');
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
  it('gives every shipped sample the label in its name', async () => {
    const files = readdirSync(samples).filter((name) => /\.(jpg|png)$/.test(name));
    expect(files.sort()).toEqual(Object.keys(shown));
    const { code, stdout, stderr } = await strata('classify', ...files.map((name) => join(samples, name)), '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const results: readonly { unusual: boolean; top: readonly { label: string; probability: number }[] }[] =
      JSON.parse(stdout);
    expect(results.map(({ top: [best] }) => best.label)).toEqual(Object.values(shown));
    for (const { top } of results) expect(top[0].probability).toBeGreaterThan(0.9);
    expect(results.map(({ unusual }) => unusual)).toEqual(Array(8).fill(false));
  });

  it('knows a boot of a phone, and a shirt on nothing in either colour', async () => {
    const files = ['boot-sos.jpg', 'white-shirt-cutout.png', 'dark-shirt-cutout.png'];
    const { stdout } = await strata('classify', ...files.map((name) => join(fixtures, name)), '--json');
    const results: readonly { top: readonly { label: string; probability: number }[] }[] = JSON.parse(stdout);
    expect(results.map(({ top: [best] }) => best.label)).toEqual(['Ankle boot', 'T-shirt/top', 'T-shirt/top']);
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
        unusual: true,
        unusualScore: expect.any(Number),
        milliseconds: expect.any(Number),
      },
    ]);
  });

  it('says that it does not know what is unusual with weights without statistics', async () => {
    const weights = join(folder, 'plain.safetensors');
    writeFileSync(weights, withoutTensors(shippedWeights(), 'unusual.'));
    const { stdout } = await strata('classify', good, ...ramp, '--json', '--weights', weights);
    expect(JSON.parse(stdout)).toMatchObject([{ unusual: null, unusualScore: null }]);
    const table = await strata('classify', good, ...ramp, '--weights', weights);
    expect(table.stdout).not.toContain('unusual');
  });

  it('refuses weights whose statistics are damaged', async () => {
    const weights = join(folder, 'damaged.safetensors');
    writeFileSync(
      weights,
      rewriteHeader(shippedWeights(), (header) => header.replace('"unusual.mean"', '"unusual.middle"')),
    );
    const { code, stdout, stderr } = await strata('classify', good, ...ramp, '--weights', weights);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^error: \S+damaged\.safetensors: of the statistics only unusual\.components.*unusual\.middle/,
    );
  });

  it('gives five labels in JSON, and no more than there are', async () => {
    const count = async (...words: string[]) => {
      const { stdout } = await strata('classify', good, ...ramp, '--json', ...words);
      return JSON.parse(stdout)[0].top.length;
    };
    expect(await count()).toBe(5);
    expect(await count('--top', '99')).toBe(10);
  });

  it.each(['1', '2', '32'])('classifies the others when some fail, %s at a time', async (batch) => {
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

  it('reads standard input, once', async () => {
    const { code, stdout } = await strataOn({ stdin: drawPng() }, 'classify', '-', good, ...ramp, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ image: '-' }, { image: good }]);
    const empty = await strata('classify', '-', ...ramp);
    expect(empty.stderr).toBe('error: standard input: nothing, want a picture file\n');
    const text = await strataOn({ stdin: Buffer.from('text') }, 'classify', '-', ...ramp);
    expect(text.stderr).toMatch(/^error: standard input: a text that begins "text", want a whole JPEG/);
    const twice = await strata('classify', '-', '-', ...ramp);
    expect(twice).toMatchObject({ code: 2, stderr: "error: picture: '-' twice, want standard input once\n" });
  });

  it('takes a name with a colon for a file', async () => {
    const path = join(folder, 'shot-10:33.png');
    writeFileSync(path, drawPng());
    const cwd = process.cwd();
    process.chdir(folder);
    try {
      const { code, stderr } = await strata('classify', 'shot-10:33.png', ...ramp);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    } finally {
      process.chdir(cwd);
    }
  });

  it('gives each picture its own time', async () => {
    const large = join(folder, 'large.png');
    writeFileSync(large, drawPng(2000, 1600));
    const { stdout } = await strata('classify', good, large, ...ramp, '--json');
    const [first, second]: readonly { milliseconds: number }[] = JSON.parse(stdout);
    expect(second.milliseconds).toBeGreaterThan(first.milliseconds);
  });

  it('prints the causes when --debug asks', async () => {
    const { stderr } = await strata('classify', join(folder, 'text.jpg'), ...ramp, '--debug');
    expect(stderr).toMatch(/^error: .*text\.jpg: a text that begins.*\nInputError: (.|\n)*\ncaused by Error: Input/);
  });

  it('prints a table without colour when not on a terminal', async () => {
    const { code, stdout } = await strata('classify', good, ...ramp);
    expect(code).toBe(0);
    expect(withoutFolder(stdout, folder).replace(/\d+(\.\d)? ms/, '1.0 ms')).toMatch(
      /^picture +label +probability +time\ngood\.png +Ankle boot +63\.2 % +1\.0 ms +unusual\nunusual: unlike .+\non ramp\/ramp\n$/,
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

  it('runs in a process of its own on onnx/native, with nothing but JSON on stdout', { timeout: 120_000 }, async () => {
    const { code, stdout, stderr } = await spawnStrata('classify', good, '--device', 'native', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [{ top, unusual, unusualScore, ...rest }] = JSON.parse(stdout);
    expect(unusual).toBe(unusualScore > 0.5);
    expect(rest).toEqual({ image: good, backend: 'onnx', device: 'native', milliseconds: expect.any(Number) });
    expect(top).toHaveLength(5);
  });

  it('fails with code 1 and one line on a machine without CUDA, and gives the error as JSON', {
    timeout: 60_000,
  }, async () => {
    const { code, stdout, stderr } = await spawnStrata('classify', good, '--device', 'cuda', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'DEVICE' } });
    expect(stderr).toMatch(/^error: onnx\/cuda: .+\n$/);
  });
});
