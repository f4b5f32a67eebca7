import { initialiseWeights, LayerBuilder, tensor, WeightsError } from '@strata/core';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { exportOnnx } from '../src/export.js';
import { createBackend } from '../src/index.js';

const layers = new LayerBuilder();
const picture = layers.input('picture', ['batch', 3, 'height', 'width']);
const conv = layers.conv2d('conv', picture, { filters: 40, window: [3, 5], padding: 1, activation: 'relu' });
const graph = layers.build([layers.globalAvgPool('pool', conv)]);
const weights = initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 7 });
const input = tensor(
  [2, 3, 6, 9],
  Array.from({ length: 324 }, (_, i) => Math.sin(i)),
);

describe('exportOnnx', () => {
  it('writes one file that onnxruntime runs by itself, to the numbers of our own backend', async () => {
    const session = await InferenceSession.create(exportOnnx(graph, weights));
    const outputs = await session.run({ picture: new Tensor('float32', Float32Array.from(input.data), input.shape) });
    const backend = await createBackend({ device: 'wasm' });
    const net = await backend.compile(graph, weights);
    const { pool } = await net.run({ picture: input });
    expect(outputs.pool.dims).toEqual(pool.shape);
    const exported = [...(await outputs.pool.getData())].map(Number);
    for (const [i, value] of exported.entries()) expect(value).toBeCloseTo(pool.data[i], 5);
    await backend.dispose();
    await session.release();
  });

  it('refuses weights that do not fit', () => {
    expect(() => exportOnnx(graph, {})).toThrow(WeightsError);
  });
});
