import { createHash } from 'node:crypto';
import { countElements, defineBackend, inferConcreteShapes, tensor } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { evaluateFashionMnist, type FashionMnist, readTrainedOn } from '../src/fashion-mnist/index.js';
import { buildGoogLeNet, loadGoogLeNet } from '../src/index.js';
import { createFakeBackend } from './fake-backend.js';
import { complaintOf } from './support/complaint.js';

describe('evaluateFashionMnist', () => {
  // The fake backend reads class and value from a picture's corner. Enlarging to 28×28 leaves pixels as they are, and
  // the second is a class over 255, so 0 to 9 of 255 all read as class 0: right for the pictures of class 0.
  const corner = (value: number) => Uint8Array.from({ length: 784 }, (_, i) => (i === 0 ? value : 0));
  const data: FashionMnist = {
    split: 'test',
    count: 4,
    images: Buffer.concat([corner(255), corner(51), corner(102), corner(0)]),
    labels: Uint8Array.of(0, 3, 0, 5),
  };

  it('counts right answers, cross-entropy and pictures that were seen', async () => {
    const net = await loadGoogLeNet({ backend: createFakeBackend().backend, input: [1, 28, 28] });
    const hash = createHash('sha256').update(data.images.subarray(784, 1568)).digest().subarray(0, 6);
    const progress: number[][] = [];
    const result = await evaluateFashionMnist(net, data, {
      batch: 2,
      trainedOn: readTrainedOn(hash, 'list'),
      onProgress: (done, total) => progress.push([done, total]),
    });
    const entropy = (logit: number) => Math.log(Math.exp(logit) + 9) - logit;
    expect(result).toEqual({
      accuracy: expect.closeTo(2 / 3, 12),
      loss: expect.closeTo((entropy(1) + entropy(Math.fround(0.4)) + Math.log(10)) / 3, 6),
      count: 3,
      seen: 1,
    });
    expect(progress).toEqual([
      [2, 3],
      [3, 3],
    ]);
  });

  it('applies the limit to pictures that were not seen', async () => {
    const { backend, runs } = createFakeBackend();
    const net = await loadGoogLeNet({ backend, input: [1, 28, 28] });
    expect((await evaluateFashionMnist(net, data, { limit: 3 })).count).toBe(3);
    expect(runs).toEqual([[3, 1, 28, 28]]);
  });

  it('counts no answer that a value that is not finite leads to', async () => {
    const { report } = createFakeBackend().backend;
    const backend = defineBackend({
      report,
      gapOf: () => undefined,
      release: () => {},
      prepare: async ({ graph }) => ({
        release: () => {},
        execute: async ({ picture }) => {
          const shapes = inferConcreteShapes(graph, { picture: picture.shape });
          return Object.fromEntries(
            graph.outputs.map((name) => {
              const shape = shapes.get(name) ?? [];
              return [name, tensor(shape, new Float32Array(countElements(shape)).fill(name === 'fc' ? Number.NaN : 1))];
            }),
          );
        },
      }),
    });
    const net = await loadGoogLeNet({ backend, input: [1, 28, 28] });
    expect(await complaintOf(evaluateFashionMnist(net, data))).toMatch(
      /^InputError: fc: NaN at \[0,0\], want finite values/,
    );
  });

  it('refuses what it cannot evaluate', async () => {
    const { backend } = createFakeBackend();
    const net = await loadGoogLeNet({ backend, input: [1, 28, 28] });
    expect(await complaintOf(evaluateFashionMnist(net, data, { limit: 0 }))).toMatchInlineSnapshot(
      `"InputError: limit: 0, want a whole number of at least 1"`,
    );
    const all = { count: 4, has: () => true };
    expect(await complaintOf(evaluateFashionMnist(net, data, { trainedOn: all }))).toMatchInlineSnapshot(
      `"InputError: the test split: 4 pictures that the network was trained on, want pictures that it has not seen"`,
    );
    const parameters = buildGoogLeNet('seed', { classes: 3 }).nodes.flatMap((node) =>
      node.op === 'parameter' ? [[node.name, node.attributes.shape] as const] : [],
    );
    const weights = Object.fromEntries(
      parameters.map(([name, shape]) => {
        const count = shape.reduce((product, size) => product * size, 1);
        return [name, { shape, dtype: 'float32' as const, data: new Float32Array(count) }];
      }),
    );
    const three = await loadGoogLeNet({ backend, weights });
    expect(await complaintOf(evaluateFashionMnist(three, data))).toMatchInlineSnapshot(
      `"InputError: evaluate (seed): a network of 1 channels and 3 classes, want 1 channel and 10 classes, as Fashion-MNIST has"`,
    );
  });
});
