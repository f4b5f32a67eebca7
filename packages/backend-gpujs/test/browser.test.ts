import { resolve } from 'node:path';
import { chromiumHint, findChromium, type OpenPage, openPage } from '@strata/browser';
import { type Graph, LayerBuilder } from '@strata/core';
import { randomTensor, randomWeights } from '@strata/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectReference } from './support/check.js';
import { openPageBackend, type PageBackend } from './support/page-backend.js';

const graph = block();
const inputs = { x: randomTensor([1, 4, 6, 7], 2) };
const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

describe.skipIf(missing).each([
  { device: 'webgl', software: true },
  { device: 'webgpu', software: true },
  { device: 'wasm', threads: 2, software: false },
  { device: 'js', software: false },
])('$device in Chromium', ({ software, ...options }) => {
  const open: { page?: OpenPage; backend?: PageBackend } = {};
  beforeAll(async () => {
    open.page = await openPage({ entry: resolve(import.meta.dirname, 'fixtures/page.ts'), webgpu: true });
    open.backend = await openPageBackend(open.page, options);
  });
  afterAll(async () => {
    await open.backend?.dispose();
    await open.page?.close();
  });

  it('reports the device that was asked for, and a software adapter as one', () => {
    expect(open.backend?.report).toMatchObject({ ...options, software, library: { version: '2.24.1' } });
  });

  const backendOf = () => {
    if (open.backend === undefined) throw new Error('the page did not open');
    return open.backend;
  };

  if (!software) return;

  it('reads values of the same shape that are laid out differently on the device', async () => {
    const layers = new LayerBuilder();
    const first = layers.relu('first', layers.batchNorm('norm', layers.input('x', [1, 2, 1, 3])));
    const last = layers.relu('last', layers.softmax('shares', first, { axis: 1 }));
    const joined = layers.build([last]);
    await expectReference(backendOf(), joined, { x: randomTensor([1, 2, 1, 3], 7) }, randomWeights(joined, 1));
  });

  it('frees all that it makes on the device', async () => {
    const backend = backendOf();
    await expectReference(backend, graph, inputs);
    const before = await backend.countLive();
    for (let round = 0; round < 5; round++) await expectReference(backend, graph, inputs);
    expect(await backend.countLive()).toBe(before);
  });

  it('rejects when the device is lost, and rebuilds for the next run', async () => {
    const backend = backendOf();
    const net = await backend.compile(graph, randomWeights(graph, 1));
    const before = await net.run(inputs);
    const running = net.run(inputs).then(
      () => 'a result',
      (error: Error) => error.message,
    );
    await backend.lose();
    expect(['a result', expect.stringContaining('lost')]).toContainEqual(await running);
    await expect
      .poll(() => net.run(inputs).catch((error: Error) => error.message), { timeout: 30_000 })
      .toEqual(before);
    await net.dispose();
  });
});

/** A branched block: padding, pools, convolutions, a join. */
function block(): Graph {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 4, 'height', 'width']);
  const a = layers.conv2d('a', x, { filters: 5, window: 3, padding: 1, activation: 'relu' });
  const pool = layers.maxPool2d('p', x, { window: 3, stride: 1, padding: 1 });
  return layers.build([layers.concat('y', [a, layers.conv2d('b', pool, { filters: 3, window: 1 })])]);
}
