import { createRequire } from 'node:module';
import type { Worker } from 'node:worker_threads';
import { type Backend, type Graph, LayerBuilder, tensor } from '@strata/core';
import { randomTensor, randomWeights } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { createBackend } from '../src/index.js';
import { expectReference } from './support/check.js';
import { everywhere } from './support/devices.js';

/** Open batch and size: convolution, pool, two branches joined, an average and a linear layer. */
function smallNetwork(): Graph {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 3, 'height', 'width']);
  const a = layers.conv2d('a', x, { filters: 8, window: 3, padding: 1, activation: 'relu' });
  const b = layers.conv2d('b', a, { filters: 6, window: 1 });
  const pool = layers.maxPool2d('pool', layers.concat('join', [a, b]), { window: 3, stride: 2, rounding: 'ceil' });
  const mean = layers.flatten('flat', layers.globalAvgPool('mean', pool));
  return layers.build([layers.linear('fc', mean, { features: 5 }), pool]);
}

async function using<T>(
  options: Parameters<typeof createBackend>[0],
  work: (backend: Backend) => Promise<T>,
): Promise<T> {
  const backend = await createBackend(options);
  try {
    return await work(backend);
  } finally {
    await backend.dispose();
  }
}

describe.each(everywhere)('$title', ({ title: _, ...options }) => {
  const graph = smallNetwork();
  const weights = randomWeights(graph, 1);

  it('runs a network of any batch and picture size, with more sizes than plans are kept', async () => {
    await using(options, async (backend) => {
      const net = await backend.compile(graph, weights);
      const other = await backend.compile(graph, weights);
      for (const shape of [
        [1, 3, 5, 7],
        [2, 3, 9, 4],
        [1, 3, 6, 6],
        [3, 3, 4, 5],
        [1, 3, 8, 8],
        [1, 3, 5, 7],
      ]) {
        const x = randomTensor(shape, 3);
        const [{ fc }, again] = await Promise.all([net.run({ x }), other.run({ x })]);
        expect(fc.shape).toEqual([shape[0], 5]);
        expect(again.fc.data).toEqual(fc.data);
        await expectReference(backend, graph, { x }, weights);
      }
    });
  });

  it('computes large pictures right, where wasm really splits the work', async () => {
    await using(options, (backend) => expectReference(backend, graph, { x: randomTensor([1, 3, 61, 54], 4) }, weights));
  });

  it('gives concurrent calls their own results, equal to those of calls one by one', async () => {
    await using(options, async (backend) => {
      const net = await backend.compile(graph, weights);
      const inputs = Array.from({ length: 6 }, (_unused, i) => ({ x: randomTensor([1 + (i % 2), 3, 7, 9], i) }));
      const serial = [];
      for (const input of inputs) serial.push(await net.run(input));
      expect(await Promise.all(inputs.map((input) => net.run(input)))).toEqual(serial);
    });
  });

  it('lets the caller change inputs and keep outputs', async () => {
    await using(options, async (backend) => {
      const net = await backend.compile(graph, weights);
      const x = tensor([1, 3, 4, 4], new Float32Array(48).fill(1));
      const running = net.run({ x });
      x.data.fill(9);
      const first = await running;
      const kept = first.fc.data.slice();
      await net.run({ x });
      expect(first.fc.data).toEqual(kept);
    });
  });

  it('returns inputs, parameters and the same value under two names', async () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['n', 2]);
    const p = layers.parameter('p', [3]);
    const y = layers.relu('y', x);
    const built = layers.build([x, p, y, layers.flatten('same', y), layers.dropout('kept', y, { rate: 0.1 })]);
    await using(options, async (backend) => {
      const net = await backend.compile(built, { p: tensor([3], [4, 5, 6]) });
      const got = await net.run({ x: tensor([2, 2], [-1, 2, -3, 4]) });
      expect(Array.from(got.x.data)).toEqual([-1, 2, -3, 4]);
      expect(Array.from(got.p.data)).toEqual([4, 5, 6]);
      for (const name of ['y', 'same', 'kept']) expect(Array.from(got[name].data)).toEqual([0, 2, 0, 4]);
    });
  });

  it('keeps infinite and huge numbers through a padded max pool', async () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', [1, 1, 2, 2]);
    const built = layers.build([layers.maxPool2d('y', x, { window: 3, stride: 1, padding: 1 })]);
    await using(options, async (backend) => {
      const net = await backend.compile(built, {});
      const low = Number.NEGATIVE_INFINITY;
      const { y } = await net.run({ x: tensor([1, 1, 2, 2], [low, low, low, low]) });
      expect(Array.from(y.data)).toEqual([low, low, low, low]);
      const huge = await net.run({ x: tensor([1, 1, 2, 2], [-3e38, -3.1e38, -3.2e38, -3.3e38]) });
      expect(Array.from(huge.y.data)).toEqual(new Array(4).fill(Math.fround(-3e38)));
    });
  });

  it('leaves no global behind', async () => {
    const before = Object.getOwnPropertyNames(globalThis).sort();
    const cores = globalThis.navigator?.hardwareConcurrency;
    await using(options, (backend) => expectReference(backend, graph, { x: randomTensor([1, 3, 40, 60], 4) }, weights));
    expect(Object.getOwnPropertyNames(globalThis).sort()).toEqual(before);
    expect(globalThis.navigator?.hardwareConcurrency).toBe(cores);
  });
});

describe('createBackend', () => {
  it.each([1, 2, 3])('starts %i threads for a large plan when asked to', async (threads) => {
    const workers: { Worker: typeof Worker } = createRequire(import.meta.url)('node:worker_threads');
    const { Worker: Real } = workers;
    let started = 0;
    workers.Worker = class extends Real {
      constructor(...args: ConstructorParameters<typeof Real>) {
        super(...args);
        // Without a script it is the one that tries whether threads start.
        if (args[0] !== '') started++;
      }
    };
    try {
      const graph = smallNetwork();
      await using({ device: 'wasm', threads }, (backend) =>
        expectReference(backend, graph, { x: randomTensor([1, 3, 70, 70], 4) }),
      );
    } finally {
      workers.Worker = Real;
    }
    // One thread is the calling one.
    expect(started).toBe(threads === 1 ? 0 : threads);
  });

  it('reports what runs', async () => {
    const { report } = await using({ device: 'wasm', threads: 2 }, async (backend) => backend);
    expect(report).toEqual({
      backend: 'gpujs',
      device: 'wasm',
      library: { name: 'gpu.js', version: '2.24.1' },
      threads: 2,
      software: false,
      precision: 'float32',
      convolution: 'direct',
      passedOver: [],
      notTried: [],
    });
    expect(structuredClone(report)).toEqual(report);
  });

  it('runs two devices and two numbers of threads side by side', async () => {
    const graph = smallNetwork();
    const weights = randomWeights(graph, 5);
    const x = randomTensor([1, 3, 70, 70], 6);
    const backends = await Promise.all(everywhere.map((options) => createBackend(options)));
    const results = await Promise.all(
      backends.map(async (backend) => (await backend.compile(graph, weights)).run({ x })),
    );
    for (const { fc } of results) {
      for (const [i, value] of fc.data.entries()) expect(value).toBeCloseTo(results[0].fc.data[i], 4);
    }
    await Promise.all(backends.map((backend) => backend.dispose()));
  });

  it('refuses what it cannot do', async () => {
    await expect(createBackend({ device: 'js', threads: 2 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: gpujs/js: 2 threads, want 1; mode cpu of gpu.js has one thread]`,
    );
    await expect(createBackend({ device: 'cuda' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: gpujs/cuda: a device that this backend does not have here, want webgpu, webgl, wasm, js, auto]`,
    );
  });
});
