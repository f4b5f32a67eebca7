import { type Backend, type DeviceTensor, type Tensor, tensor } from '@strata/core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GoogLeNet, loadGoogLeNet } from '../src/index.js';
import { createFakeBackend } from './fake-backend.js';
import { pictureOf } from './support/small-models.js';

const { backend, runs } = createFakeBackend();
let net: GoogLeNet;
beforeAll(async () => {
  net = await loadGoogLeNet({ backend });
});

/** Class and size of each picture, and the largest batch. */
const lists = fc.array(fc.tuple(fc.nat(9), fc.constantFrom(16, 17, 24)), { minLength: 1, maxLength: 14 });
const batches = fc.integer({ min: 1, max: 9 });

describe('pictures of any sizes, at any batch size', () => {
  it('are classified in their order, none twice', async () => {
    await fc.assert(
      fc.asyncProperty(lists, batches, async (list, batch) => {
        runs.length = 0;
        const pictures = list.map(([index, side], place) => pictureOf(index, 5 + place, side));
        const results = await net.classify(pictures, { top: 1, batch });
        const want = list.map(([index], place) => [index, Math.exp(5 + place) / (Math.exp(5 + place) + 9)]);
        expect(results.map(([{ index }]) => index)).toEqual(want.map(([index]) => index));
        for (const [place, [{ probability }]] of results.entries()) expect(probability).toBeCloseTo(want[place][1], 9);
        expect(runs.reduce((sum, [size]) => sum + size, 0)).toBe(list.length);
        expect(Math.max(...runs.map(([size]) => size))).toBeLessThanOrEqual(batch);
      }),
      { numRuns: 100 },
    );
  });

  it('give their features in their order', async () => {
    await fc.assert(
      fc.asyncProperty(lists, batches, async (list, batch) => {
        const pictures = list.map(([index, side], place) => pictureOf(index, 5 + place, side));
        const { fc: rows } = await net.features(pictures, ['fc'], { batch });
        const want = new Float32Array(10 * list.length);
        for (const [place, [index]] of list.entries()) want[10 * place + index] = 5 + place;
        expect(rows).toEqual(tensor([list.length, 10], want));
      }),
      { numRuns: 100 },
    );
  });
});

describe('executables for stages', () => {
  it('are not disposed while they are in use, however many others come', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow: Backend = {
      ...backend,
      async compile(graph, weights, options) {
        const executable = await backend.compile(graph, weights, options);
        return {
          ...executable,
          async run(...given) {
            if (String(options?.outputs) === 'conv1') await gate;
            return onHost(await executable.run(...given));
          },
        };
      },
    };
    const busy = await loadGoogLeNet({ backend: slow });
    const waiting = busy.features(pictureOf(1), ['conv1']);
    for (const stage of ['pool1', 'conv2', 'conv3', 'pool2', 'pool3', 'pool4']) {
      await busy.features(pictureOf(1), [stage]);
    }
    open();
    expect((await waiting).conv1.shape).toEqual([1, 64, 16, 16]);
    await busy.dispose();
  });

  it('are compiled again after a compilation that failed', async () => {
    let failures = 1;
    const failing: Backend = {
      ...backend,
      compile: async (graph, weights, options) => {
        if (String(options?.outputs) === 'pool1' && failures-- > 0) throw new Error('no memory just now');
        return backend.compile(graph, weights, options);
      },
    };
    const once = await loadGoogLeNet({ backend: failing });
    await expect(once.features(pictureOf(1), ['pool1'])).rejects.toThrow('no memory just now');
    expect((await once.features(pictureOf(1), ['pool1'])).pool1.shape).toEqual([1, 64, 8, 8]);
    await once.dispose();
  });
});

/** What a backend without a device of its own gives. */
function onHost(values: Readonly<Record<string, Tensor | DeviceTensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => ('data' in value ? [[name, value]] : [])),
  );
}

it('a batch may be changed as soon as run has it, even if stages are compiled first', async () => {
  const batch = tensor([1, 1, 32, 32], new Float32Array(1024));
  batch.data.set([8, 3]);
  const running = net.run(batch, { outputs: ['fc', 'pool3'] });
  batch.data.set([1, 7]);
  expect([...(await running).fc.data]).toEqual([0, 0, 0, 8, 0, 0, 0, 0, 0, 0]);
});
