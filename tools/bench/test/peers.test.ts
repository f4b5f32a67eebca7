import '@tensorflow/tfjs-backend-wasm';
import { initialiseWeights, LayerBuilder, type Model } from '@strata/core';
import { createReferenceBackend } from '@strata/core/reference';
import { buildGoogLeNet } from '@strata/googlenet';
import { getBackend, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openNaiveGpujs } from '../peers/naive-gpujs.js';
import { openTfLayers } from '../peers/tf-layers.js';
import { buildTfLayersModel } from '../peers/tf-layers-model.js';
import { compareLogits } from '../src/compare-logits.js';
import { makeSubject, openStrata } from '../src/subject.js';

const subject = makeSubject();
const shape = [1, 1, 35, 50];
const picture = Float32Array.from({ length: 35 * 50 }, (_, i) => Math.sin(i * i) / 2 + 0.5);
const expected: { logits: Float32Array } = { logits: new Float32Array() };

beforeAll(async () => {
  const backend = createReferenceBackend();
  const reference = await openStrata(backend, subject);
  expected.logits = await reference.run(picture, shape);
  await backend.dispose();
});

/** Another network than the seed: it has local response normalisation. */
function otherNetwork(): Model {
  const graph = buildGoogLeNet('bvlc', { input: [1, 64, 64] });
  return { graph, weights: initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 1 }) };
}

function oneLayer(
  add: (layers: LayerBuilder, x: ReturnType<LayerBuilder['input']>) => ReturnType<LayerBuilder['input']>,
) {
  const layers = new LayerBuilder();
  const graph = layers.build([add(layers, layers.input('picture', ['batch', 2, 'height', 'width']))]);
  return { graph, weights: initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 1 }) };
}

describe('naive gpu.js', () => {
  it.each([
    { mode: 'cpu', threads: 1 },
    { mode: 'webasm', threads: 1 },
    { mode: 'webasm', threads: 2 },
  ] as const)(
    'gives the reference logits on $mode with $threads threads, run after run',
    async ({ mode, threads }) => {
      const peer = await openNaiveGpujs(subject, { mode, threads, shape });
      for (const _ of [1, 2]) {
        const { worst, sameClasses } = compareLogits(await peer.run(picture, shape), expected.logits, 10);
        expect(worst).toBeLessThan(1e-5);
        expect(sameClasses).toBe(true);
      }
      await peer.close();
    },
    60_000,
  );

  it('refuses layers that it does not support', async () => {
    const options = { mode: 'cpu', threads: 1, shape: [1, 1, 64, 64] } as const;
    await expect(openNaiveGpujs(otherNetwork(), options)).rejects.toThrow('naive gpu.js: norm1 (lrn)');
    await expect(openNaiveGpujs(subject, { ...options, shape: [2, 1, 64, 64] })).rejects.toThrow('batch 2, want 1');
    const dilated = oneLayer((layers, x) => layers.conv2d('spread', x, { filters: 3, window: 3, dilation: 2 }));
    const grouped = oneLayer((layers, x) => layers.conv2d('split', x, { filters: 4, window: 3, groups: 2 }));
    const two = { ...options, shape: [1, 2, 9, 9] };
    await expect(openNaiveGpujs(dilated, two)).rejects.toThrow('naive gpu.js: spread (conv2d)');
    await expect(openNaiveGpujs(grouped, two)).rejects.toThrow('naive gpu.js: split (conv2d)');
  });
});

describe('tf.layers', () => {
  it('gives the reference logits, leaves the current backend alone and frees what it made', async () => {
    const before = getBackend();
    const peer = await openTfLayers(subject, 'wasm');
    const first = await peer.run(picture, shape);
    const { numTensors } = memory();
    const second = await peer.run(picture, shape);
    expect(memory().numTensors).toBe(numTensors);
    for (const logits of [first, second]) {
      const { worst, sameClasses } = compareLogits(logits, expected.logits, 10);
      expect(worst).toBeLessThan(1e-5);
      expect(sameClasses).toBe(true);
    }
    await peer.close();
    expect([before, 'wasm']).toContain(getBackend());
    expect(memory().numTensors).toBe(0);
  });

  it('refuses layers that it does not support', () => {
    const ceil = oneLayer((layers, x) => layers.maxPool2d('ceil', x, { window: 3, stride: 2, rounding: 'ceil' }));
    expect(() => buildTfLayersModel(ceil)).toThrow('tf.layers: ceil (maxPool2d), want a layer of the seed network');
    expect(() => buildTfLayersModel(otherNetwork())).toThrow(/tf\.layers: \S+ \(\w+\), want a layer/);
  });
});
