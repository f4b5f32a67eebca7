import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { dump } from 'npyjs';
import { describe, expect, it } from 'vitest';
import { makeFolder, withoutFolder } from './support/folder.js';
import { drawPng } from './support/png.js';
import { shippedWeights } from './support/safetensors.js';
import { strata, strataOn } from './support/strata.js';

const folder = makeFolder();
const fixtures = resolve(import.meta.dirname, '../../formats/test/fixtures');

function save(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

const halved = join(fixtures, 'tv16-f16-zip.pth');
const keys = [
  ...['file', 'format', 'producer', 'opset', 'variant', 'runnerUp', 'likeness', 'transformInput', 'heads'],
  ...['parameters', 'prefix', 'container', 'tensors', 'metadata', 'sha256'],
];

async function inspect(file: string) {
  const { code, stdout, stderr } = await strata('inspect', file, '--json');
  return { code, stderr, found: JSON.parse(stdout) };
}

describe('strata inspect', () => {
  it.each([
    {
      file: 'tv16-f16-zip.pth',
      want: { format: 'pytorch-zip', variant: 'torchvision', transformInput: null, heads: false, parameters: 23_859 },
      first: { name: 'conv1.conv.weight', shape: [4, 3, 7, 7], dtype: 'float16', bytes: 1176 },
    },
    {
      file: 'tv16-bf16-legacy.pth',
      want: { format: 'pytorch-legacy', variant: 'torchvision', transformInput: null, metadata: null, opset: null },
      first: { name: 'conv1.conv.weight', shape: [4, 3, 7, 7], dtype: 'bfloat16', bytes: 1176 },
    },
    {
      file: 'tv16-ts-opset17-transform-input.onnx',
      want: { format: 'onnx', opset: 17, variant: 'torchvision', transformInput: true, parameters: 23_859 },
      first: { name: 'fc.weight', shape: [10, 64], dtype: 'float32', bytes: 2560 },
    },
    {
      file: 'zoo16-opset3.onnx',
      want: { format: 'onnx', producer: 'onnx-caffe2', opset: 3, variant: 'bvlc', parameters: 24_829 },
      first: { name: 'conv1/7x7_s2_w_0', shape: [4, 3, 7, 7], dtype: 'float32', bytes: 2352 },
    },
    {
      file: 'bvlc16-train.caffemodel',
      want: { format: 'caffe', variant: 'bvlc', heads: true, parameters: 43_177, transformInput: null },
      first: { name: 'conv1/7x7_s2.weight', shape: [4, 3, 7, 7], dtype: 'float32', bytes: 2352 },
    },
  ])('tells what is in $file', async ({ file, want, first }) => {
    const path = join(fixtures, file);
    const { code, stderr, found } = await inspect(path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(Object.keys(found)).toEqual(keys);
    expect(found).toMatchObject({ file: path, ...want });
    expect(found.tensors).toContainEqual(first);
    expect(found.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
  });

  it("lists every tensor of PyTorch's own list, in order", async () => {
    const expected: { weights: [string, number[], string, number[]][] } = JSON.parse(
      readFileSync(`${halved}.expected.json`, 'utf8'),
    );
    const { found } = await inspect(halved);
    const listed: { name: string; shape: number[]; dtype: string }[] = found.tensors;
    expect(listed.map(({ name, shape, dtype }) => [name, shape, dtype])).toEqual(
      expected.weights.map(([name, shape, dtype]) => [name, shape, dtype]),
    );
  });

  it('counts the numbers of weights that are no GoogLeNet, and gives the metadata', async () => {
    const tensors = {
      a: { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      b: { dtype: 'I64', shape: [1], data_offsets: [24, 32] },
    };
    const header = JSON.stringify({ __metadata__: { note: 'mine' }, ...tensors });
    const bytes = Buffer.alloc(8 + header.length + 32);
    bytes.writeBigUInt64LE(BigInt(header.length));
    bytes.write(header, 8);
    const { found } = await inspect(save('other.safetensors', bytes));
    expect(found).toMatchObject({
      variant: null,
      runnerUp: null,
      heads: null,
      parameters: 6,
      metadata: { note: 'mine' },
    });
    const { stdout } = await strata('inspect', join(folder, 'other.safetensors'));
    expect(stdout).toContain('none: no name is that of a GoogLeNet');
  });

  it.each([
    ['png', 'png', drawPng(), null],
    ['txt', 'text', 'a text of no importance', null],
    ['html', 'html', '<!DOCTYPE html><html><body>Not found</body></html>', null],
    ['lfs.pth', 'git-lfs', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n', null],
    [
      'npy',
      'npy',
      new Uint8Array(dump(new Float64Array(6), [2, 3])),
      [{ name: '', shape: [2, 3], dtype: 'float64', bytes: 48 }],
    ],
    [
      'idx',
      'idx',
      Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 7),
      [{ name: '', shape: [1, 2], dtype: 'uint8', bytes: 2 }],
    ],
  ])('says what a file of another kind is: .%s', async (extension, format, bytes, tensors) => {
    const path = save(`file.${extension}`, bytes);
    const { code, stderr, found } = await inspect(path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(Object.keys(found)).toEqual(keys);
    expect(found).toMatchObject({ format, variant: null, parameters: null, tensors, metadata: null });
  });

  it.each([
    ['cut.pth', readFileSync(halved).subarray(0, 100_000)],
    ['cut.safetensors', shippedWeights().subarray(0, 5000)],
    ['cut.onnx', readFileSync(join(fixtures, 'zoo16-opset3.onnx')).subarray(0, 5000)],
    ['empty.pth', ''],
    ['zeros.pth', new Uint8Array(1000)],
    ['unknown.pth', Uint8Array.of(0xfe, 0xdc, 0xba, 0x98, 1, 2, 3)],
    ['pickle.pth', Uint8Array.of(0x80, 2, 0x5d, 0x71, 0, 0x2e)],
  ])('fails on %s with one line, and tells what is known', async (name, bytes) => {
    const path = save(name, bytes);
    const { code, stderr, found } = await inspect(path);
    expect(code).toBe(1);
    expect(Object.keys(found)).toEqual([...keys, 'error']);
    expect(found.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(stderr).toBe(`error: ${found.error.message}\n`);
    expect(withoutFolder(found.error.message, folder)).toMatchSnapshot();
    const plain = await strata('inspect', path);
    expect(plain).toMatchObject({ code: 1, stderr });
    expect(plain.stdout).toContain('sha256');
  });

  it('prints a header and the first and last tensors, or all of them', async () => {
    const { code, stdout, stderr } = await strata('inspect', halved);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll(`${fixtures}/`, '')).toMatchSnapshot();
    const all = await strata('inspect', '--all', halved);
    expect(all.stdout.split('\n').filter((line) => line.includes('float16') || line.includes('int64'))).toHaveLength(
      344,
    );
  });

  it('keeps control characters of names and metadata from the terminal', async () => {
    const header = JSON.stringify({
      'a\u001b[31m': { dtype: 'F32', shape: [0], data_offsets: [0, 0] },
      __metadata__: { k: 'v\r\u0007' },
    });
    const bytes = Buffer.alloc(8 + header.length);
    bytes.writeBigUInt64LE(BigInt(header.length));
    bytes.write(header, 8);
    const { stdout } = await strataOn(
      { isTTY: true, env: { NO_COLOR: '1' } },
      'inspect',
      save('evil.safetensors', bytes),
    );
    expect(stdout).toContain('a�[31m');
    expect(stdout).not.toContain('\u001b');
  });

  it('fails with one line where there is no file, or a folder', async () => {
    const missing = await strata('inspect', join(folder, 'nothing.pth'), '--json');
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.stdout)).toMatchObject({ error: { code: 'INPUT' } });
    const { stderr } = await strata('inspect', folder);
    expect(withoutFolder(stderr, folder)).toBe('error: .: a folder; give a file\n');
  });

  it('gives the same keys for any file, cut or damaged, and the error where it fails', async () => {
    const names = ['tv16-f16-zip.pth', 'tv16-bf16-legacy.pth', 'zoo16-opset3.onnx', 'bvlc16-v1.caffemodel'];
    const files: readonly Uint8Array[] = [
      ...names.map((name) => readFileSync(join(fixtures, name))),
      ...[shippedWeights(), drawPng(), new Uint8Array(dump(new Float32Array(6), [2, 3]))],
    ];
    const damage = fc.record({
      file: fc.constantFrom(...files),
      keep: fc.double({ min: 0, max: 1, noNaN: true }),
      flips: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, keep, flips }) => {
        const bytes = Buffer.from(file.subarray(0, Math.ceil(keep ** 0.1 * file.length)));
        // The first kilobytes hold the headers.
        for (const [place, value] of flips) {
          const at = Math.floor(place * Math.min(bytes.length, 4096));
          if (at < bytes.length) bytes[at] ^= value;
        }
        const { code, stderr, found } = await inspect(save('any', bytes));
        expect([0, 1]).toContain(code);
        expect(Object.keys(found)).toEqual(code === 0 ? keys : [...keys, 'error']);
        expect(stderr.startsWith('error: ')).toBe(code === 1);
        expect(stderr).not.toContain('unexpected');
      }),
      { numRuns: 150 },
    );
  });
});
