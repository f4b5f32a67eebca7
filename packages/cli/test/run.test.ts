import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSafetensors } from '@strata/formats/safetensors';
import { dump } from 'npyjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, withoutFolder } from './support/folder.js';
import { rewriteHeader, shippedWeights } from './support/safetensors.js';
import { fixture, ramp, spawnStrata, strata } from './support/strata.js';

const folder = makeFolder();
const at = (name: string) => join(folder, name);

function save(
  name: string,
  shape: number[],
  data: Float32Array | Float64Array = new Float32Array(product(shape)),
): string {
  writeFileSync(at(name), new Uint8Array(dump(data, shape)));
  return at(name);
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, size) => total * size, 1);
}

describe('strata run', () => {
  it('saves the named outputs of a batch', async () => {
    const input = save('batch.npy', [3, 1, 64, 80]);
    const out = at('batch.safetensors');
    const words = ['run', ...ramp, '--input', input, '--outputs', 'pool5,fc,inception3a', '--out', out, '--json'];
    const { code, stdout, stderr } = await strata(...words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const outputs = [
      { name: 'pool5', shape: [3, 1024, 1, 1] },
      { name: 'fc', shape: [3, 10] },
      { name: 'inception3a', shape: [3, 256, 8, 10] },
    ];
    expect(JSON.parse(stdout)).toEqual({ out, backend: 'ramp', device: 'ramp', outputs });
    const { tensors, metadata } = openSafetensors(readFileSync(out));
    expect(metadata).toEqual({ variant: 'seed', backend: 'ramp', device: 'ramp' });
    expect([...tensors.keys()].sort()).toEqual(['fc', 'inception3a', 'pool5']);
    expect(tensors.get('fc')?.read().data).toEqual(Float32Array.from({ length: 30 }, (_, index) => index % 10));
  });

  it('does not write over what it reads', async () => {
    const input = save('own.npy', [1, 48, 48]);
    const before = readFileSync(input);
    const { code, stderr } = await strata('run', ...ramp, '--input', input, '--out', input);
    expect({ code, stderr: withoutFolder(stderr, folder) }).toEqual({
      code: 2,
      stderr: 'error: --out: own.npy, the file that is read, want another file\n',
    });
    expect(readFileSync(input)).toEqual(before);
    const weights = at('own.safetensors');
    writeFileSync(weights, shippedWeights());
    expect((await strata('run', ...ramp, '--weights', weights, '--input', input, '--out', weights)).code).toBe(2);
    expect(readFileSync(weights).equals(shippedWeights())).toBe(true);
  });

  it('saves values that are not finite, and warns', async () => {
    const input = save('nan.npy', [1, 48, 48], new Float32Array(48 * 48).fill(Number.NaN));
    const words = [
      'run',
      '--device',
      'wasm',
      '--input',
      input,
      '--outputs',
      'fc,conv1',
      '--out',
      at('nan.safetensors'),
    ];
    const { code, stderr } = await strata(...words);
    expect({ code, stderr: withoutFolder(stderr, folder) }).toEqual({
      code: 0,
      stderr: 'warning: nan.safetensors: not all values of fc, conv1 are finite\n',
    });
  });

  it('saves the final output by default, of one picture as a batch of one', async () => {
    const input = save('picture.npy', [1, 33, 47]);
    const { code, stdout } = await strata('run', ...ramp, '--input', input, '--out', at('one.safetensors'));
    expect({ code, stdout: withoutFolder(stdout, folder) }).toEqual({
      code: 0,
      stdout: 'fc [1,10]\nin one.safetensors, from ramp/ramp\n',
    });
    expect(openSafetensors(readFileSync(at('one.safetensors'))).tensors.get('fc')?.shape).toEqual([1, 10]);
  });

  it('replaces an older file', async () => {
    writeFileSync(at('old.safetensors'), 'old');
    const input = save('again.npy', [1, 32, 32]);
    expect((await strata('run', ...ramp, '--input', input, '--out', at('old.safetensors'))).code).toBe(0);
    expect(openSafetensors(readFileSync(at('old.safetensors'))).tensors.size).toBe(1);
  });

  it('writes through a link', async () => {
    writeFileSync(at('target.safetensors'), 'old');
    symlinkSync('target.safetensors', at('link.safetensors'));
    const input = save('linked.npy', [1, 32, 32]);
    expect((await strata('run', ...ramp, '--input', input, '--out', at('link.safetensors'))).code).toBe(0);
    expect(lstatSync(at('link.safetensors')).isSymbolicLink()).toBe(true);
    expect(openSafetensors(readFileSync(at('target.safetensors'))).tensors.size).toBe(1);
  });

  it('gives the same on native and wasm', { timeout: 120_000 }, async () => {
    const data = Float32Array.from({ length: 2 * 48 * 40 }, (_, index) => Math.abs(Math.sin(index)));
    const input = save('real.npy', [2, 1, 48, 40], data);
    const [native, wasm] = await Promise.all(
      ['native', 'wasm'].map(async (device) => {
        const out = at(`${device}.safetensors`);
        const { code, stderr } = await spawnStrata('run', '--device', device, '--input', input, '--out', out);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        return openSafetensors(readFileSync(out)).tensors.get('fc')?.read().data ?? new Float32Array();
      }),
    );
    const largest = Math.max(...(native ?? []).map(Math.abs));
    expect(native).toHaveLength(20);
    for (const [index, value] of (native ?? []).entries()) {
      expect(Math.abs(value - (wasm?.[index] ?? Number.NaN))).toBeLessThan(1e-4 * largest);
    }
  });
});

describe('strata run refuses', () => {
  beforeAll(() => {
    save('good.npy', [1, 32, 32]);
    save('rank2.npy', [32, 32]);
    save('rank5.npy', [1, 1, 1, 32, 32]);
    save('nothing.npy', [0, 1, 32, 32], new Float32Array(0));
    save('colour.npy', [3, 32, 32]);
    save('double.npy', [1, 32, 32], new Float64Array(1024));
    writeFileSync(at('empty.npy'), '');
    writeFileSync(at('cut.npy'), readFileSync(at('good.npy')).subarray(0, 1000));
    writeFileSync(at('text.npy'), 'hello');
    mkdirSync(at('folder'));
    writeWeights();
  });

  it.each([
    'missing.npy',
    'folder',
    'empty.npy',
    'text.npy',
    'cut.npy',
    'rank2.npy',
    'rank5.npy',
    'nothing.npy',
    'colour.npy',
    'double.npy',
  ])('%s as input', async (name) => {
    await expectRefusal(1, ['--input', at(name), '--out', at('y.safetensors')]);
  });

  it.each([
    'missing.safetensors',
    'folder',
    'empty.safetensors',
    'text.safetensors',
    'cut-short.safetensors',
    'cut-in-header.safetensors',
    'endless-header.safetensors',
    'overlap.safetensors',
    'twice.safetensors',
    'misshapen.safetensors',
    'lying-shape.safetensors',
    'nan.safetensors',
    'surplus.safetensors',
  ])('%s as weights', async (name) => {
    await expectRefusal(1, ['--input', at('good.npy'), '--weights', at(name), '--out', at('y.safetensors')]);
  });

  it('names of stages that do not exist', async () => {
    await expectRefusal(2, ['--input', at('good.npy'), '--outputs', 'fc,pool9', '--out', at('y.safetensors')]);
  });

  it.each(['no-such-folder/y.safetensors', 'good.npy/y.safetensors', 'folder'])('%s as output', async (name) => {
    await expectRefusal(1, ['--input', at('good.npy'), '--out', at(name)]);
  });

  it('a pipe as output', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await expectRefusal(1, ['--input', at('good.npy'), '--out', at('pipe')]);
  });

  it('variants without weights', async () => {
    await expectRefusal(1, ['--input', at('good.npy'), '--variant', 'd2l', '--out', at('y.safetensors')]);
  });

  it('a device that fails, with nothing written', async () => {
    const backend = fixture('throwing-backend.mjs');
    const before = readdirSync(folder);
    const { code, stdout } = await strata(
      'run',
      '--backend',
      backend,
      '--input',
      at('good.npy'),
      '--out',
      at('y.safetensors'),
    );
    expect({ code, stdout, files: readdirSync(folder) }).toEqual({ code: 1, stdout: '', files: before });
  });

  async function expectRefusal(want: number, words: readonly string[]): Promise<void> {
    const before = readdirSync(folder, { recursive: true });
    const { code, stdout, stderr } = await strata('run', ...ramp, ...words, '--json');
    expect(withoutFolder(stderr, folder)).toMatchSnapshot();
    const [, ...more] = stderr.trimEnd().split('\n');
    const written = readdirSync(folder, { recursive: true });
    const { error } = JSON.parse(stdout);
    expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    // One line, and below it what it counts, with a line of titles.
    expect({ code, lines: more.length, written }).toEqual({
      code: want,
      lines: error.table === undefined ? 0 : 1 + error.table.rows.length,
      written: before,
    });
  }

  function writeWeights(): void {
    const shipped = shippedWeights();
    const rewrite = (from: RegExp | string, to: string) =>
      rewriteHeader(shipped, (header) => replaceOnce(header, from, to));
    const endless = Buffer.from(shipped.subarray(0, 64));
    endless.writeBigUInt64LE(2n ** 63n);
    const dataStart = 8 + Number(shipped.readBigUInt64LE());
    const nan = Buffer.from(shipped);
    nan.writeUInt16LE(0x7e00, dataStart);
    const files = {
      empty: Buffer.alloc(0),
      text: Buffer.from('these are not weights'),
      'cut-short': shipped.subarray(0, -100),
      'cut-in-header': shipped.subarray(0, 500),
      'endless-header': endless,
      overlap: rewriteHeader(shipped, overlapBiases),
      twice: rewrite('"conv2.bias":', '"conv1.bias":'),
      misshapen: rewrite('[64,1,7,7]', '[64,7,1,7]'),
      'lying-shape': rewrite('[64,1,7,7]', '[64,1,7,8]'),
      nan,
      surplus: rewrite('"conv2.bias":', '"conv9.bias":'),
    };
    for (const [name, bytes] of Object.entries(files)) writeFileSync(at(`${name}.safetensors`), bytes);
  }
});

function replaceOnce(text: string, from: RegExp | string, to: string): string {
  const replaced = text.replace(from, to);
  if (replaced === text) throw new Error(`the header has no ${String(from)}`);
  return replaced;
}

/** Two tensors of one size at one place. */
function overlapBiases(header: string): string {
  const entries = JSON.parse(header);
  entries['conv2.bias'].data_offsets = entries['conv1.bias'].data_offsets;
  return JSON.stringify(entries);
}
