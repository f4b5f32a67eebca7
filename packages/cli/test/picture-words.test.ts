import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openSafetensors } from '@strata/formats/safetensors';
import { dump } from 'npyjs';
import { describe, expect, it } from 'vitest';
import { makeFolder, withoutFolder } from './support/folder.js';
import { drawPng } from './support/png.js';
import { ramp, strata } from './support/strata.js';

const folder = makeFolder();
const at = (name: string) => join(folder, name);
const fixtures = resolve(import.meta.dirname, '../../formats/test/fixtures');
const picture = resolve(import.meta.dirname, '../../googlenet/test/fixtures/boot-sos.jpg');
const checkpoint = at('googlenet.pth');
writeFileSync(checkpoint, readFileSync(join(fixtures, 'tv16-f16-zip.pth')));
const native = ['--backend', 'onnx', '--device', 'native'];
const all = ['--transform-input', 'off', '--input', '3,64,64', '--mean', '0.5,0.5,0.5', '--std', '0.5,0.5,0.5'];
const said = [...all, '--scale', '1/255', '--resize', 'torchvision', '--channels', 'rgb'];
const labels = at('labels.txt');
writeFileSync(labels, Array.from({ length: 10 }, (_, index) => `kind ${index}`).join('\n'));

async function classify(...words: readonly string[]) {
  const { code, stdout, stderr } = await strata('classify', picture, '--weights', checkpoint, ...words, '--json');
  return { code, stderr, rows: JSON.parse(stdout) };
}

describe("classify with somebody's checkpoint", () => {
  it('says in one line what the file does not say, and by which option to say it', async () => {
    const { code, stderr } = await classify(...ramp);
    expect(code).toBe(0);
    expect(withoutFolder(stderr, folder)).toMatchInlineSnapshot(`
      "warning: googlenet.pth: not said in it, so assumed: transform_input is off, torchvision's default; pictures are 3×224×224, the torchvision variant's size; labels are class 0 … class 9; pre-processing is the torchvision variant's (say it with --transform-input, --input, --labels, --mean, --std and others)
      "
    `);
  });

  it('warns of nothing where the words say all', async () => {
    const { code, stderr, rows } = await classify(...ramp, ...said, '--labels', labels);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(rows[0]).toMatchObject({ top: [{ label: 'kind 9' }, {}, {}, {}, {}], transformInput: false });
  });

  it('computes other probabilities with each of the words', async () => {
    const best = async (...words: string[]) => (await classify(...native, ...words)).rows[0].top[0].probability;
    const base = await best(...said);
    const others = [
      ['--transform-input', 'on'],
      ['--input', '3,80,80'],
      ['--mean', '0.4,0.5,0.5'],
      ['--std', '0.5,0.4,0.5'],
      ['--scale', '0.01'],
      ['--resize', 'whole'],
    ];
    for (const words of others) expect([words, await best(...said, ...words)]).not.toEqual([words, base]);
    // Caffe's order, with its numbers in the same order as before, is that of a picture with red for blue.
    expect(await best(...said.slice(0, -1), 'bgr', '--mean', '0.2,0.5,0.8')).not.toBeCloseTo(
      await best(...said, '--mean', '0.2,0.5,0.8'),
      6,
    );
  });

  it('refuses pictures that a window does not fit as wrong words, and of other channels', async () => {
    for (const [size, message] of [
      ['3,16,16', /^error: --input 3,16,16: pool3 \(maxPool2d\): rows: 2 pixels/],
      ['1,96,96', /^error: --input: 1 channels, want 3, as the weights have\n/],
    ] as const) {
      const { code, stderr } = await classify(...ramp, '--input', size);
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    }
  });

  it('takes the mean of ten crops', async () => {
    const probabilities = async (...words: string[]) => (await classify(...native, ...said, ...words)).rows[0].top;
    const [one, ten] = [await probabilities(), await probabilities('--crops', '10')];
    expect(ten[0].probability).not.toBeCloseTo(one[0].probability, 6);
    const whole = await classify(...ramp, ...said, '--resize', 'whole', '--crops', '10');
    expect(whole.code).toBe(2);
    expect(whole.stderr).toContain('--crops: 10 for pictures that are not cropped (--resize whole), want 1, or');
  });

  it.each([
    ['too few', 'a\nb\n'],
    ['none', '\n'],
    ['those of a picture', drawPng()],
    ['no UTF-8', Uint8Array.of(0x61, 0xff, 0xfe, 0x0a)],
  ])('refuses labels: %s', async (_, content) => {
    writeFileSync(at('wrong.txt'), content);
    const { code, stderr } = await classify(...ramp, ...said, '--labels', at('wrong.txt'));
    expect(code).toBe(1);
    expect(withoutFolder(stderr, folder)).toMatchSnapshot();
  });

  it('refuses two means for three channels as wrong words', async () => {
    const { code, stderr } = await classify(...ramp, '--mean', '0.5,0.5');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: --mean: [0.5,0.5], want 3 finite numbers, one a channel\n',
    });
  });
});

describe('run', () => {
  const input = at('x.npy');
  writeFileSync(input, new Uint8Array(dump(new Float32Array(3 * 224 * 224), [3, 224, 224])));
  const run = (...words: string[]) => strata('run', ...ramp, '--input', input, '--out', at('y.safetensors'), ...words);

  it('warns of what tensors need alone', async () => {
    const { code, stderr } = await run('--weights', checkpoint);
    expect(code).toBe(0);
    expect(withoutFolder(stderr, folder)).toBe(
      "warning: googlenet.pth: not said in it, so assumed: transform_input is off, torchvision's default (say it with --transform-input)\n",
    );
  });

  it('saves the auxiliary heads that a file has', async () => {
    const caffe = join(fixtures, 'bvlc16-train.caffemodel');
    const words = ['--weights', caffe, '--outputs', 'aux1,aux2,softmax', '--json', ...native];
    const { code, stdout, stderr } = await run(...words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const outputs = ['aux1', 'aux2', 'softmax'].map((name) => ({ name, shape: [1, 10] }));
    expect(JSON.parse(stdout)).toMatchObject({ outputs });
    expect([...openSafetensors(readFileSync(at('y.safetensors'))).tensors.keys()]).toEqual(['aux1', 'aux2', 'softmax']);
  });

  it('says that a file has no heads, and that a variant has none', async () => {
    const without = await run('--weights', checkpoint, '--outputs', 'aux1');
    expect({ ...without, stderr: withoutFolder(without.stderr, folder) }).toMatchSnapshot();
    const ofAnother = await run('--outputs', 'aux1');
    expect({ ...ofAnother, stderr: withoutFolder(ofAnother.stderr, folder) }).toMatchSnapshot();
    writeFileSync(at('grey.npy'), new Uint8Array(dump(new Float32Array(64 * 64), [1, 64, 64])));
    expect(await run('--input', at('grey.npy'), '--outputs', 'aux1')).toMatchSnapshot();
  });
});

describe('summary', () => {
  it("counts the weights' own network, with its heads", async () => {
    const { code, stdout } = await strata('summary', '--weights', join(fixtures, 'bvlc16-train.caffemodel'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ variant: 'bvlc', parameters: 43_177 });
    expect(JSON.parse(stdout)).not.toHaveProperty('transformInput');
    const smaller = await strata('summary', '--weights', checkpoint, '--input', '3,96,96', '--json');
    expect(JSON.parse(smaller.stdout)).toMatchObject({
      variant: 'torchvision',
      transformInput: false,
      parameters: 23_859,
    });
  });

  it('says which transform_input it is', async () => {
    const told = async (...words: string[]) =>
      JSON.parse((await strata('summary', '--json', ...words)).stdout).transformInput;
    expect(await told('--variant', 'torchvision')).toBe(true);
    expect(await told('--variant', 'torchvision', '--transform-input', 'off')).toBe(false);
    expect(await told('--weights', checkpoint, '--transform-input', 'on')).toBe(true);
    expect(await told('--weights', join(fixtures, 'tv16-ts-opset17-transform-input.onnx'))).toBe(true);
  });
});
