import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Backend, initialiseWeights, LayerBuilder, tensor } from '@strata/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackend } from '../src/index.js';

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

const MEGABYTE = 2 ** 20;

/** A session that was never released would keep its 2.4 MB of weights. */
function buildNetwork() {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 64, 'height', 'width'], { typical: [1, 64, 14, 14] });
  const first = layers.conv2d('first', x, { filters: 512, window: 3, padding: 1, activation: 'relu' });
  const graph = layers.build([layers.conv2d('second', first, { filters: 640, window: 1 })]);
  return { graph, weights: initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 3 }) };
}

/** Megabytes that the process grew by from the second tenth of the rounds to the last, by their medians. */
async function measureGrowth(rounds: number, work: () => Promise<void>): Promise<number> {
  const resident: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await work();
    if (typeof collectGarbage === 'function') collectGarbage();
    resident.push(process.memoryUsage().rss);
  }
  const tenth = Math.floor(rounds / 10);
  return (medianOf(resident.slice(-tenth)) - medianOf(resident.slice(tenth, 2 * tenth))) / MEGABYTE;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

describe.each(['native', 'wasm'])('memory on %s', (device) => {
  const { graph, weights } = buildNetwork();
  const inputs = { x: tensor([1, 64, 14, 14], new Float32Array(64 * 14 * 14).fill(0.5)) };
  let backend: Backend;
  beforeAll(async () => {
    backend = await createBackend({ device });
  });
  afterAll(() => backend.dispose());

  it('is flat over 50 times compile, run and dispose', async () => {
    expect(typeof collectGarbage).toBe('function');
    const growth = await measureGrowth(50, async () => {
      const network = await backend.compile(graph, weights);
      await network.run(inputs);
      await network.dispose();
    });
    // Fifty leaked sessions would be 120 MB, the forty that are measured 96; code that V8 still optimises is a few.
    expect(growth).toBeLessThan(24);
  }, 180_000);

  it('is flat over 1,000 runs', async () => {
    const network = await backend.compile(graph, weights);
    const growth = await measureGrowth(100, async () => {
      for (let run = 0; run < 10; run++) await network.run(inputs);
    });
    // Every run returns 0.5 MB: 800 kept ones would be 400 MB.
    expect(growth).toBeLessThan(24);
    await network.dispose();
  }, 180_000);
});
