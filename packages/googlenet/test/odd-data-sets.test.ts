import { type Backend, type Tensor, tensor } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { evaluateFashionMnist, type FashionMnist, readIdx } from '../src/fashion-mnist/index.js';
import { buildGoogLeNet, constantsOf, loadGoogLeNet } from '../src/index.js';
import { createFakeBackend } from './fake-backend.js';

/** Pictures whose first pixel is `value`; the second is 0, so the fake backend gives class 0 that value. */
function pictures(values: readonly number[], labels: readonly number[]): FashionMnist {
  const images = new Uint8Array(784 * values.length);
  for (const [row, value] of values.entries()) images[784 * row] = value;
  return { split: 'test', count: values.length, images, labels: Uint8Array.from(labels) };
}

describe('evaluateFashionMnist', () => {
  it('has the same accuracy and loss at any batch size', async () => {
    const net = await loadGoogLeNet({ backend: createFakeBackend().backend, input: [1, 28, 28] });
    const data = pictures([255, 0, 255, 51, 102], [0, 5, 3, 0, 0]);
    const entropy = (logit: number, own: number) => Math.log(Math.exp(Math.fround(logit)) + 9) - Math.fround(own);
    const loss = entropy(1, 1) + entropy(0, 0) + entropy(1, 0) + entropy(0.2, 0.2) + entropy(0.4, 0.4);
    for (const batch of [1, 2, 3, 4, 5, 9]) {
      const { accuracy, ...rest } = await evaluateFashionMnist(net, data, { batch });
      expect(accuracy).toBeCloseTo(3 / 5, 12);
      expect(rest).toEqual({ loss: expect.closeTo(loss / 5, 6), count: 5, seen: 0 });
    }
  });

  it('goes on to its limit behind pictures that were seen, and counts those', async () => {
    const net = await loadGoogLeNet({ backend: createFakeBackend().backend, input: [1, 28, 28] });
    const data = pictures([255, 254, 3, 2, 1], [0, 0, 0, 0, 0]);
    const trainedOn = { count: 2, has: ([first]: Uint8Array) => first > 200 };
    expect(await evaluateFashionMnist(net, data, { limit: 2, trainedOn })).toMatchObject({ count: 2, seen: 2 });
    expect(await evaluateFashionMnist(net, data, { limit: 9, trainedOn })).toMatchObject({ count: 3, seen: 2 });
  });

  it('takes the probabilities of a network that ends with softmax as they are', async () => {
    const weights: Record<string, Tensor> = { ...constantsOf('bvlc') };
    for (const node of buildGoogLeNet('bvlc', { input: [1, 48, 48], classes: 10 }).nodes) {
      if (node.op !== 'parameter') continue;
      const { shape } = node.attributes;
      weights[node.name] ??= tensor(shape, new Float32Array(shape.reduce((product, size) => product * size, 1)));
    }
    const { backend: fake } = createFakeBackend();
    const rows = [0.125, 0.5, 0.375, 0, 0, 0, 0, 0, 0, 0, 0.25, 0.125, 0.625, 0, 0, 0, 0, 0, 0, 0];
    const backend: Backend = {
      ...fake,
      compile: async (...given) => ({
        ...(await fake.compile(...given)),
        run: async () => ({ [String(given[0].outputs)]: tensor([2, 10], rows) }),
      }),
    };
    const net = await loadGoogLeNet({ backend, variant: 'bvlc', weights, input: [1, 48, 48] });
    const { accuracy, loss } = await evaluateFashionMnist(net, pictures([204, 51], [1, 0]));
    expect([accuracy, loss]).toEqual([0.5, expect.closeTo(-(Math.log(0.5) + Math.log(0.25)) / 2, 12)]);
  });
});

it('an IDX file is read from wherever it lies in a larger buffer', () => {
  const file = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];
  const larger = Uint8Array.from([9, 9, 9, ...file, 9]);
  const { shape, data } = readIdx(larger.subarray(3, 3 + file.length), 'x');
  expect([shape, [...data]]).toEqual([
    [2, 3],
    [1, 2, 3, 4, 5, 6],
  ]);
});
