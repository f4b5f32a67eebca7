import { InputError, tensor } from '@strata/core';
import { oddValues, untyped } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { loadGoogLeNet, loadPixels } from '../src/index.js';
import { createFakeBackend } from './fake-backend.js';
import { pictureOf } from './support/small-models.js';

const net = await loadGoogLeNet({ backend: createFakeBackend().backend });
const want = 'want a path, URL, bytes, RGBA pixels { data, width, height }, or a tensor';
const dark = { data: new Uint8ClampedArray(4 * 28 * 28).map((_, i) => i % 251), width: 28, height: 28 };

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => error);
}

describe('a picture', () => {
  const noPictures = oddValues.filter(([name]) => !/text|Uint8Array|ArrayBuffer/.test(name));

  it.each(noPictures)('that is %s is called by its name', async (name, value) => {
    // A list is a list of pictures.
    const where = name === 'an Array' ? 'pictures[0]' : 'picture';
    const error = await errorOf(net.classify(untyped(value)));
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toBe(`InputError: ${where}: ${name === 'an Array' ? 'a number' : name}, ${want}`);
    expect(String(await errorOf(net.classify([pictureOf(1), untyped(value)])))).toContain(
      `pictures[1]: ${name}, ${want}`,
    );
    expect(String(await errorOf(loadPixels(untyped(value))))).toContain(`picture: ${name}, ${want}`);
  });

  it.each(oddValues)('whose data are %s is refused', async (name, data) => {
    const values = { shape: [1, 2, 2], dtype: 'float32' as const, data: untyped(data) };
    expect(String(await errorOf(net.classify(values)))).toContain(`over ${name}`);
    const pixels = { data: untyped(data), width: 2, height: 2 };
    expect(await errorOf(net.classify(pixels))).toBeInstanceOf(InputError);
  });

  it('may be a file in shared memory', async () => {
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>');
    const shared = new SharedArrayBuffer(svg.length);
    new Uint8Array(shared).set(svg);
    for (const bytes of [svg.slice().buffer, shared, new Uint8Array(shared), Buffer.from(svg)]) {
      expect(await loadPixels(bytes)).toMatchObject({ width: 2, height: 2 });
    }
  });
});

describe('a batch', () => {
  it.each(oddValues)('that is %s is called by its name', async (name, value) => {
    for (const work of [net.classifyBatch(untyped(value)), net.run(untyped(value))]) {
      const error = await errorOf(work);
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toContain(`batch: ${name}, want a tensor`);
    }
  });
});

describe('the names of features', () => {
  it.each(oddValues.filter(([name]) => name !== 'an Array'))('cannot be %s', async (name, value) => {
    expect(String(await errorOf(net.features(pictureOf(1), untyped(value))))).toContain(
      `features: ${name}, want a list`,
    );
  });
});

describe('pictures that the caller changes while they are classified', () => {
  it.each(['tensors', 'pixels'])('are read at once: %s, in batches of two', async (kind) => {
    const pictures = [3, 4, 5, 6, 7, 8, 9].map((index) =>
      kind === 'tensors'
        ? pictureOf(index)
        : { ...dark, data: dark.data.map((value, i) => (i % 4 < 3 ? value / index : 255)) },
    );
    const want = await net.features([...pictures], ['conv1', 'fc'], { batch: 2 });
    const whole = await net.classify([...pictures], { batch: 2 });
    const running = [
      net.classify(pictures, { batch: 2 }),
      net.features(pictures, ['conv1', 'fc'], { batch: 2 }),
    ] as const;
    for (const { data } of pictures) data.fill(1);
    pictures.reverse();
    pictures.length = 1;
    expect(await running[0]).toEqual(whole);
    expect(await running[1]).toEqual(want);
  });

  it('are read at once: files', async () => {
    const svg = (grey: number) =>
      new TextEncoder().encode(
        `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="rgb(${grey},0,0)"/></svg>`,
      );
    const files = [10, 20, 30].map(svg);
    const buffer = Buffer.from(svg(40));
    const reading = Promise.all([...files, buffer, svg(50).buffer].map((file) => loadPixels(file)));
    for (const file of [...files, buffer]) file.fill(0);
    expect((await reading).map(({ data }) => data[0])).toEqual([10, 20, 30, 40, 50]);
  });

  it('are read at once: a ready batch', async () => {
    const batch = tensor([1, 1, 32, 32], new Float32Array(1024));
    batch.data.set([9, 4]);
    const running = net.classifyBatch(batch);
    const raw = net.run(batch, { outputs: ['fc', 'conv1'] });
    batch.data.fill(0);
    expect((await running)[0][0].index).toBe(4);
    expect((await raw).fc.data[4]).toBe(9);
  });
});
