import { type Backend, DisposedError, initialiseWeights, LayerBuilder, type Tensor, tensor } from '@strata/core';
import { compareOutputs, interpret } from '@strata/core/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackend } from '../src/index.js';
import { devices } from './support/devices.js';

function buildNetwork() {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 3, 'height', 'width']);
  const conv = layers.conv2d('conv', x, { filters: 16, window: [3, 5], padding: [1, 2], activation: 'relu' });
  const norm = layers.lrn('norm', layers.batchNorm('bn', conv), { size: 5 });
  const pool = layers.maxPool2d('pool', norm, { window: 3, stride: 2, rounding: 'ceil' });
  const both = layers.concat('both', [layers.conv2d('left', pool, { filters: 7, window: 1 }), pool]);
  const flat = layers.flatten('flat', layers.globalAvgPool('mean', layers.dropout('drop', both, { rate: 0.4 })));
  const graph = layers.build([layers.softmax('prob', layers.linear('fc', flat, { features: 9 })), conv, both]);
  return { graph, weights: initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 11 }) };
}

function waves(shape: readonly number[], phase: number): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensor(
    shape,
    Array.from({ length: count }, (_, i) => Math.sin(i * 1.7 + phase)),
  );
}

const { graph, weights } = buildNetwork();

describe.each(devices)('an executable on %s', (device) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await createBackend({ device });
  });
  afterAll(() => backend.dispose());

  it('takes any batch and picture size, and agrees with the reference', async () => {
    const network = await backend.compile(graph, weights);
    for (const shape of [
      [1, 3, 9, 14],
      [3, 3, 9, 14],
      [1, 3, 6, 5],
      [3, 3, 17, 8],
    ]) {
      const inputs = { x: waves(shape, 0) };
      const agreements = compareOutputs(interpret(graph, weights, inputs), await network.run(inputs));
      for (const [name, { failed }] of agreements) expect({ name, failed }).toEqual({ name, failed: 0 });
    }
    await network.dispose();
  });

  it('knows the output size of a pool with ceil rounding and padding', async () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', [1, 1, 4, 4]);
    const pool = { window: 2, stride: 2, padding: [0, 0, 1, 1], rounding: 'ceil' } as const;
    const sum = layers.add('sum', layers.maxPool2d('most', x, pool), layers.avgPool2d('mean', x, pool));
    const counted = layers.avgPool2d('counted', x, { ...pool, countPadding: true });
    const plain = layers.maxPool2d('plain', x, { window: 2, stride: 2 });
    const graph = layers.build([layers.add('y', layers.add('both', sum, counted), plain)]);
    const network = await backend.compile(graph, {});
    const { y } = await network.run({
      x: tensor(
        [1, 1, 4, 4],
        Array.from({ length: 16 }, (_, i) => i),
      ),
    });
    expect([...y.data]).toEqual([15, 23, 47, 55]);
    await network.dispose();
  });

  it.each([
    { title: '6 channels to 4 filters in steps of 2', filters: 4, stride: 2, padding: 0 },
    { title: '6 channels to 8 filters behind padding', filters: 8, stride: 1, padding: 1 },
    { title: 'a 1 × 1 window with padding on the right only', filters: 2, stride: 1, padding: [0, 0, 0, 1] },
    { title: 'a 1 × 1 window with padding below only', filters: 2, stride: 1, padding: [0, 0, 2, 0] },
  ] as const)('convolves $title', async ({ filters, stride, padding }) => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['batch', 6, 'height', 'width']);
    const conv = layers.build([layers.conv2d('y', x, { filters, window: 1, stride, padding })]);
    const inputs = { x: waves([2, 6, 5, 7], 0) };
    const own = initialiseWeights(conv, { scheme: 'kaiming-normal', seed: 2 });
    const network = await backend.compile(conv, own);
    const { y } = await network.run(inputs);
    expect(compareOutputs(interpret(conv, own, inputs), { y }).get('y')?.failed).toBe(0);
    await network.dispose();
  });

  it.each([
    [3, 4],
    [2, 8],
    [1, 2],
    [2, 4, 3],
    [2, 4, 1, 1],
  ])('normalises batches of shape %i, %i …', async (...shape) => {
    const layers = new LayerBuilder();
    const graph = layers.build([layers.batchNorm('y', layers.input('x', shape))]);
    const channels = shape[1];
    const own = Object.fromEntries(
      ['scale', 'shift', 'mean', 'variance'].map((part, index) => [
        `y.${part}`,
        tensor(
          [channels],
          Array.from({ length: channels }, (_, i) => 1 + i / 3 + index / 7),
        ),
      ]),
    );
    const inputs = { x: waves(shape, 0) };
    const network = await backend.compile(graph, own);
    expect(compareOutputs(interpret(graph, own, inputs), await network.run(inputs)).get('y')?.failed).toBe(0);
    await network.dispose();
  });

  it('gives concurrent calls the results of serial ones, in arrays of their own', async () => {
    const network = await backend.compile(graph, weights, { outputs: ['fc'] });
    const inputs = [0, 1, 2, 3].map((phase) => ({ x: waves([1 + (phase % 2), 3, 8, 8], phase) }));
    const serial = [];
    for (const input of inputs) serial.push(await network.run(input));
    const kept = structuredClone(serial);
    expect(await Promise.all(inputs.map((input) => network.run(input)))).toEqual(kept);
    expect(serial).toEqual(kept);
    await network.dispose();
  });

  it('reads its inputs before run returns', async () => {
    const network = await backend.compile(graph, weights, { outputs: ['fc'] });
    const want = await network.run({ x: waves([1, 3, 8, 8], 0) });
    const reused = { x: waves([1, 3, 8, 8], 0) };
    const runs = [network.run(reused), network.run(reused)];
    reused.x.data.fill(9);
    expect(await Promise.all(runs)).toEqual([want, want]);
    await network.dispose();
  });

  it('keeps weights of its own', async () => {
    const own = structuredClone(weights);
    const network = await backend.compile(graph, own);
    const before = await network.run({ x: waves([1, 3, 8, 8], 0) });
    for (const { data } of Object.values(own)) data.fill(0);
    expect(await network.run({ x: waves([1, 3, 8, 8], 0) })).toEqual(before);
    await network.dispose();
  });

  it('compiles again after dispose', async () => {
    const first = await backend.compile(graph, weights);
    const want = await first.run({ x: waves([2, 3, 7, 9], 0) });
    await first.dispose();
    await expect(first.run({ x: waves([2, 3, 7, 9], 0) })).rejects.toThrow(DisposedError);
    const second = await backend.compile(graph, weights);
    expect(await second.run({ x: waves([2, 3, 7, 9], 0) })).toEqual(want);
    await second.dispose();
  });

  it('returns inputs, parameters, and values whose names look like internal ones', async () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['rows', 2]);
    const bias = layers.parameter('x:output', [2]);
    const sum = layers.add('y:linear', x, bias);
    const graph = layers.build([x, bias, sum, layers.linear('y', sum, { features: 1, activation: 'relu' })]);
    const network = await backend.compile(graph, {
      'x:output': tensor([2], [10, 20]),
      'y.weight': tensor([1, 2], [1, 1]),
      'y.bias': tensor([1], [-40]),
    });
    expect(await network.run({ x: tensor([2, 2], [1, 2, 3, 40]) })).toEqual({
      x: tensor([2, 2], [1, 2, 3, 40]),
      'x:output': tensor([2], [10, 20]),
      'y:linear': tensor([2, 2], [11, 22, 13, 60]),
      y: tensor([2, 1], [0, 33]),
    });
    await network.dispose();
  });

  it('runs a network without inputs', async () => {
    const layers = new LayerBuilder();
    const graph = layers.build([layers.relu('y', layers.parameter('p', [3]))]);
    const network = await backend.compile(graph, { p: tensor([3], [-1, 0, 2]) });
    expect(await network.run({})).toEqual({ y: tensor([3], [0, 0, 2]) });
    await network.dispose();
  });
});
