import { countElements, defineBackend, inferConcreteShapes, tensor } from '@strata/core';
import { createReferenceBackend } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { loadGoogLeNet } from '../src/index.js';
import { preprocess } from '../src/preprocess/preprocess.js';
import { createFakeBackend } from './fake-backend.js';
import { pictureOf, zeros } from './support/small-models.js';

function batchOf(...values: number[]) {
  const batch = tensor([values.length, 1, 32, 32], new Float32Array(values.length * 1024));
  for (const [row, value] of values.entries()) batch.data.set([value, 3], 1024 * row);
  return batch;
}

describe('values that are not finite', () => {
  it('are refused in pictures, by place', async () => {
    const net = await loadGoogLeNet({ backend: createFakeBackend().backend });
    const bad = pictureOf(1, Number.NaN);
    await expect(net.classify(bad)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: picture: NaN at [0,0,0], want finite float32 values]`,
    );
    await expect(net.classify([pictureOf(1), bad])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: pictures[1]: NaN at [0,0,0], want finite float32 values]`,
    );
    await expect(net.features(bad, ['pool5'])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: picture: NaN at [0,0,0], want finite float32 values]`,
    );
    await expect(net.classifyBatch(batchOf(1, Number.POSITIVE_INFINITY))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: batch: Infinity at [1,0,0,0], want finite float32 values]`,
    );
  });

  it('are passed by run', async () => {
    const net = await loadGoogLeNet({ backend: createFakeBackend().backend });
    const { fc: logits } = await net.run(batchOf(Number.NaN));
    expect(logits.data[3]).toBeNaN();
  });

  it('that begin inside the network are told by stage', { timeout: 120_000 }, async () => {
    const weights = Object.fromEntries(
      Object.entries(zeros('seed')).map(([name, { shape, data }]) => {
        // 1e30 after conv2, beyond float32 after conv3, and infinite to the end.
        const value = { 'conv2.bias': 1e30, 'conv3.weight': 1e9 }[name] ?? 0.01;
        return [name, tensor(shape, new Float32Array(data.length).fill(value))];
      }),
    );
    const net = await loadGoogLeNet({ backend: createReferenceBackend(), weights });
    await expect(net.classifyBatch(batchOf(1))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: conv3: Infinity at [0,0,0,0], want finite values; the picture or the weights hold values too large for float32 from this stage on; run() gives them as they are]`,
    );
  });
});

describe('a value that is not finite and that the output does not show', () => {
  /** Of an infinite value in `conv1` this backend makes zeros, as a relu does that drops NaN. */
  function dropping() {
    const { report } = createFakeBackend().backend;
    const runs: number[] = [];
    const backend = defineBackend({
      report,
      gapOf: () => undefined,
      release: () => {},
      prepare: async ({ graph, weights }) => ({
        release: () => {},
        execute: async ({ picture }) => {
          runs.push(picture.shape[0]);
          const shapes = inferConcreteShapes(graph, { picture: picture.shape });
          const values = graph.outputs.map((name) => {
            const shape = shapes.get(name) ?? [];
            const data = new Float32Array(countElements(shape));
            const isHuge = picture.data.some((value: number) => value > 1e30) || weights['conv1.bias'].data[0] > 1e30;
            if (isHuge && name === 'conv1.conv') data[2] = Number.NaN;
            return [name, tensor(shape, data)];
          });
          return Object.fromEntries(values);
        },
      }),
    });
    return { backend, runs };
  }

  const want = 'want finite values; the picture or the weights hold values too large for float32 from this stage on';

  it('is looked for where pictures are large', async () => {
    const { backend, runs } = dropping();
    const net = await loadGoogLeNet({ backend });
    await net.classify([pictureOf(1), pictureOf(2)]);
    expect(runs).toEqual([2]);
    await expect(net.classify([pictureOf(1), pictureOf(0, 2e30)])).rejects.toThrow(
      `conv1: NaN at [1,0,0,2] of conv1.conv, ${want}`,
    );
    await expect(net.features(pictureOf(0, 2e30), ['pool5'])).rejects.toThrow(want);
    await expect(net.classifyBatch(batchOf(0, 2e30))).rejects.toThrow(want);
    expect(await net.classify(pictureOf(0, 2e4))).toHaveLength(5);
  });

  it('is looked for where weights are large', async () => {
    const { backend } = dropping();
    const given = zeros('seed');
    const weights = { ...given, 'conv1.bias': tensor([64], new Float32Array(64).fill(3e38)) };
    const net = await loadGoogLeNet({ backend, weights });
    await expect(net.classify(pictureOf(1))).rejects.toThrow(`conv1: NaN at [0,0,0,2] of conv1.conv, ${want}`);
  });
});

describe('a tensor that is not finite', () => {
  const garment = { variant: 'seed' as const, input: [1, 96, 96] };

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('is refused: %d', async (value) => {
    const data = new Float32Array(96 * 96);
    data[500] = value;
    const tensor = { shape: [1, 96, 96], dtype: 'float32' as const, data };
    await expect(preprocess(tensor, garment)).rejects.toMatchObject({
      name: 'InputError',
      message: `picture: ${value} at [0,5,20], want finite float32 values`,
    });
  });

  it('is one of float64 that float32 does not hold', async () => {
    const tensor = { shape: [1, 1, 2], dtype: 'float64' as const, data: Float64Array.of(0, 1e39) };
    await expect(preprocess(tensor, garment)).rejects.toThrow('1e+39 at [0,0,1]');
  });
});
