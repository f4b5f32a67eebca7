import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openSafetensors } from '@strata/formats/safetensors';
import { dump } from 'npyjs';
import { describe, expect, it } from 'vitest';
import { makeFolder, withoutFolder } from './support/folder.js';
import { strata } from './support/strata.js';

const folder = makeFolder();
const at = (name: string) => join(folder, name);
const fixture = (name: string) => resolve(import.meta.dirname, '../../formats/test/fixtures', name);
const halved = fixture('tv16-f16-zip.pth');
const trained = fixture('bvlc16-train.caffemodel');

function saveInput(name: string, shape: readonly number[]): string {
  const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(0.37 * i));
  writeFileSync(at(name), new Uint8Array(dump(data, [...shape])));
  return at(name);
}
const colour = saveInput('colour.npy', [2, 3, 70, 62]);
const grey = saveInput('grey.npy', [2, 1, 70, 62]);
const square = saveInput('square.npy', [1, 3, 224, 224]);

/** The bits of every output, and what was said. */
async function outputsOf(input: string, ...words: readonly string[]) {
  const out = at('out.safetensors');
  const { code, stderr } = await strata('run', '--device', 'native', '--input', input, '--out', out, ...words);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  const values = [...openSafetensors(readFileSync(out)).tensors].map(([name, tensor]) => [name, tensor.read().data]);
  return { values, stderr };
}

interface Source {
  readonly source: string | undefined;
  readonly input: string;
  /** Words of the network, which `run` takes, too, and of pictures. */
  readonly network?: readonly string[];
  readonly pictures?: readonly string[];
}

const sources: readonly Source[] = [
  { source: halved, input: colour, network: ['--transform-input', 'on'], pictures: ['--input', '3,96,80'] },
  { source: halved, input: colour, network: ['--transform-input', 'off'] },
  { source: fixture('bvlc16-v1.caffemodel'), input: colour, pictures: ['--mean', '1,2,3'] },
  { source: fixture('tv16-ts-opset17-transform-input.onnx'), input: colour },
  { source: undefined, input: grey },
];

describe.each(['onnx', 'safetensors', 'pytorch-names'])('strata export --format %s', (format) => {
  it.each(sources)('of $source $network is read and computes the same bits, and nothing is assumed', async (given) => {
    const { source, input, network = [], pictures = [] } = given;
    const own = [...(source === undefined ? [] : ['--weights', source]), ...network];
    const out = at('exported');
    const exported = await strata('export', ...own, ...pictures, '--format', format, '--out', out, '--json');
    expect(exported.code).toBe(0);
    expect(JSON.parse(exported.stdout)).toMatchObject({ out, format, precision: 'float32', heads: false });
    const before = await outputsOf(input, ...own);
    const after = await outputsOf(input, '--weights', out);
    expect(after.stderr).toBe('');
    expect(after.values).toEqual(before.values);
  });

  it('says what the words said', async () => {
    const labels = at('labels.txt');
    const names = Array.from({ length: 10 }, (_, index) => `kind ${index}`);
    writeFileSync(labels, names.join('\n'));
    const words = ['--transform-input', 'on', '--input', '3,96,80', '--std', '0.5,0.25,0.5', '--labels', labels];
    const out = at('said');
    await strata('export', '--weights', halved, ...words, '--licence', 'CC0', '--format', format, '--out', out);
    const { metadata, variant, transformInput } = JSON.parse((await strata('inspect', out, '--json')).stdout);
    expect({ variant, transformInput }).toEqual({ variant: 'torchvision', transformInput: true });
    expect({
      ...metadata,
      labels: JSON.parse(metadata.labels),
      preprocessing: JSON.parse(metadata.preprocessing),
    }).toEqual({
      variant: 'torchvision',
      input: '3x96x80',
      transform_input: 'true',
      labels: names,
      licence: 'CC0',
      preprocessing: {
        channels: 'rgb',
        resize: 'torchvision',
        scale: 1 / 255,
        mean: [0.485, 0.456, 0.406],
        std: [0.5, 0.25, 0.5],
      },
    });
  });

  it('stores halves, which are the same numbers where they were halves', async () => {
    const out = at('halves');
    await strata('export', '--weights', halved, '--format', format, '--precision', 'float16', '--out', out);
    expect((await outputsOf(colour, '--weights', out)).values).toEqual(
      (await outputsOf(colour, '--weights', halved)).values,
    );
    const { tensors } = JSON.parse((await strata('inspect', out, '--json')).stdout);
    const types = new Set(tensors.map(({ dtype }: { dtype: string }) => dtype));
    expect(types.has('float16')).toBe(true);
    const whole = at('whole');
    await strata('export', '--weights', halved, '--format', format, '--out', whole);
    expect(readFileSync(out).length).toBeLessThan(readFileSync(whole).length);
  });
});

describe('strata export', () => {
  it.each(['safetensors', 'pytorch-names'])('keeps auxiliary heads: %s', async (format) => {
    const out = at('heads');
    const { stdout } = await strata('export', '--weights', trained, '--format', format, '--out', out, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ heads: true });
    const names = ['--outputs', 'aux1,aux2,softmax'];
    const before = await outputsOf(square, '--weights', trained, ...names);
    expect((await outputsOf(square, '--weights', out, ...names)).values).toEqual(before.values);
  });

  it("gives the source's own names", async () => {
    const out = at('names');
    await strata('export', '--weights', fixture('bvlc16-v1.caffemodel'), '--format', 'pytorch-names', '--out', out);
    expect([...openSafetensors(readFileSync(out)).tensors.keys()]).toContain('inception_3a/5x5_reduce.weight');
  });

  it('keeps where the weights are from', async () => {
    const out = at('shipped');
    await strata('export', '--format', 'safetensors', '--out', out);
    const { metadata } = openSafetensors(readFileSync(out));
    expect(metadata).toMatchObject({ trained_on: expect.any(String), dataset: expect.any(String), variant: 'seed' });
    expect(metadata).not.toHaveProperty('unusual');
  });

  it('never writes over the file that it reads, and nothing where it fails', async () => {
    const own = at('own.pth');
    writeFileSync(own, readFileSync(halved));
    const over = await strata('export', '--weights', own, '--format', 'onnx', '--out', own);
    expect({ ...over, stderr: withoutFolder(over.stderr, folder) }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: --out: own.pth, the file that is read, want another file\n',
    });
    expect(readFileSync(own).equals(readFileSync(halved))).toBe(true);
    const cut = at('cut.pth');
    writeFileSync(cut, readFileSync(halved).subarray(0, 90_000));
    const failed = await strata('export', '--weights', cut, '--format', 'onnx', '--out', at('never.onnx'), '--json');
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({ error: { code: 'WEIGHTS' } });
    expect(() => readFileSync(at('never.onnx'))).toThrow('ENOENT');
    const nowhere = await strata('export', '--format', 'onnx', '--out', at('no/such/folder.onnx'));
    expect(withoutFolder(nowhere.stderr, folder)).toBe('error: no/such/folder.onnx: no folder no/such; make it\n');
  });
});
