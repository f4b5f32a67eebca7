import { DeviceError, DisposedError, nodesOf, tensor } from '@strata/core';
import { createReferenceBackend } from '@strata/core/reference';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadGoogLeNet } from '../src/index.js';
import { softmax } from '../src/model/predictions.js';
import { createFakeBackend } from './fake-backend.js';
import { photograph } from './first8.js';
import { pictureOf, zeros } from './support/small-models.js';

describe('loadGoogLeNet', () => {
  it('takes the shipped weights by default', async () => {
    const { backend } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    expect(net.variant).toBe('seed');
    expect(net.inputShape).toEqual([1, 96, 96]);
    expect(net.labels).toHaveLength(10);
    expect(net.labels[9]).toBe('Ankle boot');
    expect(net.metadata.test_accuracy).toBe('0.9335');
    expect(net.skipped).toEqual([]);
    expect(net.backend).toBe(backend);
    expect(nodesOf(net.graph, 'input')[0].attributes.typical).toEqual([1, 1, 96, 96]);
    await net.dispose();
  });

  it('takes a backend that is still being opened, and fails as it does', async () => {
    const { backend } = createFakeBackend();
    const net = await loadGoogLeNet({ backend: Promise.resolve(backend) });
    expect(net.backend).toBe(backend);
    await net.dispose();
    const failing = Promise.reject(new DeviceError({ where: 'mine', got: 'no device' }));
    await expect(loadGoogLeNet({ backend: failing, weights: 'missing' })).rejects.toThrow('mine: no device');
    await expect(loadGoogLeNet({ backend: Promise.resolve(backend), weights: 'missing' })).rejects.toThrow('missing');
  });

  it("takes another picture size and the caller's labels", async () => {
    const { backend } = createFakeBackend();
    const labels = [...'abcdefghij'];
    const net = await loadGoogLeNet({ backend, input: [1, 64, 48], labels });
    expect(net.inputShape).toEqual([1, 64, 48]);
    const [best] = await net.classify(pictureOf(2));
    expect(best.label).toBe('c');
    await expect(loadGoogLeNet({ backend, labels: ['a'] })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: labels: 1, want 10, one for each class]`,
    );
  });

  it('takes tensors, and infers the number of classes', async () => {
    const { backend } = createFakeBackend();
    const weights = {
      ...zeros('seed'),
      'fc.weight': tensor([3, 1024], new Float32Array(3072)),
      'fc.bias': tensor([3], [0, 0, 0]),
    };
    const net = await loadGoogLeNet({ backend, weights });
    expect(net.labels).toEqual(['class 0', 'class 1', 'class 2']);
    expect(net.inputShape).toEqual([1, 224, 224]);
  });

  it('refuses weights that it cannot load', async () => {
    const { backend } = createFakeBackend();
    await expect(loadGoogLeNet({ backend, variant: 'bvlc' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: weights: none given for the bvlc variant, want a file, a URL or tensors; only the seed variant has weights in the package; @strata/googlenet/pretrained fetches others]`,
    );
    const { 'conv1.bias': _, ...rest } = zeros('seed');
    await expect(loadGoogLeNet({ backend, weights: rest })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: weights: 1 of 116 tensors do not fit: conv1.bias is missing (want [64]), want the seed variant; the next likest is d2l, of which 99 % fit]`,
    );
  });

  it('stops when it is told to', async () => {
    const { backend } = createFakeBackend();
    await expect(loadGoogLeNet({ backend, signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});

describe('classify', () => {
  it('gives the most probable classes of one picture, probabilities by softmax', async () => {
    const { backend } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    const all = await net.classify(pictureOf(7, 2), { top: 99 });
    expect(all).toHaveLength(10);
    expect(all[0]).toEqual({
      label: 'Sneaker',
      index: 7,
      probability: expect.closeTo(Math.exp(2) / (Math.exp(2) + 9), 12),
      unusual: null,
      unusualScore: null,
    });
    expect(all.slice(1).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9]);
    expect(all.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(await net.classify(pictureOf(7, 2))).toHaveLength(5);
  });

  it("takes the network's own softmax as it is", async () => {
    const { backend } = createFakeBackend();
    const net = await loadGoogLeNet({ backend, variant: 'bvlc', weights: zeros('bvlc') });
    const picture = tensor([3, 48, 48], new Float32Array(3 * 48 * 48));
    picture.data.set([0.75, 999]);
    const [best] = await net.classify(picture);
    expect(best).toEqual({
      label: 'toilet tissue',
      index: 999,
      probability: 0.75,
      unusual: null,
      unusualScore: null,
    });
  });

  it('batches, in order', async () => {
    const { backend, runs } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    const pictures = [3, 1, 4, 1, 5, 9, 2].map((index) => pictureOf(index));
    const results = await net.classify(pictures, { top: 1, batch: 3 });
    expect(results.map(([{ index }]) => index)).toEqual([3, 1, 4, 1, 5, 9, 2]);
    expect(runs.map(([batch]) => batch)).toEqual([3, 3, 1]);
    expect(await net.classify([])).toEqual([]);
  });

  it('runs pictures of other sizes apart', async () => {
    const { backend, runs } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    const results = await net.classify([pictureOf(1), pictureOf(2), pictureOf(3, 9, 40)], { top: 1 });
    expect(results.map(([{ index }]) => index)).toEqual([1, 2, 3]);
    expect(runs).toEqual([
      [2, 1, 32, 32],
      [1, 1, 40, 40],
    ]);
  });

  it('brings pixels to the size of the network', async () => {
    const { backend, runs } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    await net.classify([
      photograph(0, { width: 60, height: 70, scale: 2 }),
      photograph(2, { width: 90, height: 60, scale: 2 }),
    ]);
    expect(runs).toEqual([[2, 1, 96, 96]]);
  });

  it('takes a batch of tensors', async () => {
    const { backend } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    const two = tensor([2, 1, 32, 32], new Float32Array(2048));
    two.data.set([5, 6]);
    two.data.set([5, 8], 1024);
    const results = await net.classifyBatch(two, { top: 1 });
    expect(results.map(([{ index }]) => index)).toEqual([6, 8]);
    const single = { ...pictureOf(4), shape: [1, 1, 32, 32] };
    expect((await net.classify(single, { top: 1 }))[0].index).toBe(4);
    await expect(net.classify(two)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: picture: tensor [2,1,32,32], want [1,height,width]; classify a batch with classifyBatch]`,
    );
  });

  it('refuses options and tensors that make no sense', async () => {
    const { backend } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    await expect(net.classify(pictureOf(1), { top: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: top: 0, want a whole number of at least 1]`,
    );
    await expect(net.classify([pictureOf(1)], { batch: 1.5 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: batch: 1.5, want a whole number of at least 1]`,
    );
    const colour = tensor([3, 32, 32], new Float32Array(3072));
    await expect(net.classify(colour)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: picture: tensor [3,32,32], want [1,height,width]]`,
    );
    const wide = await loadGoogLeNet({ backend, variant: 'bvlc', weights: zeros('bvlc'), input: [3, 64, 64] });
    await expect(wide.classify(pictureOf(1))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: picture: tensor [1,32,32], want [3,height,width]]`,
    );
    await expect(net.classify(pictureOf(1), { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });

  it('softmax is right for any logits', () => {
    const logits = fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(logits, (values) => {
        const result = softmax(values);
        expect(result.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
        const shifted = softmax(values.map((value) => value + 512));
        for (const [i, value] of result.entries()) expect(shifted[i]).toBeCloseTo(value, 6);
      }),
    );
  });
});

describe('features', () => {
  it('gives a parameter once, however many batches run', async () => {
    const net = await loadGoogLeNet({ backend: createReferenceBackend() });
    const names = ['fc.bias'];
    const { 'fc.bias': bias } = await net.features([pictureOf(1), pictureOf(2), pictureOf(3)], names, { batch: 2 });
    expect(bias).toEqual(net.weights['fc.bias']);
    await net.dispose();
  });

  it('gives stages, compiled once for each set of names', async () => {
    const { backend, compiled } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    const { pool5, conv1 } = await net.features([pictureOf(1), pictureOf(2), pictureOf(3)], ['pool5', 'conv1'], {
      batch: 2,
    });
    expect(pool5.shape).toEqual([3, 1024, 1, 1]);
    expect(conv1.shape).toEqual([3, 64, 16, 16]);
    expect([pool5.data[0], pool5.data[1024], pool5.data[2048]]).toEqual([0, 1, 0]);
    await net.features(pictureOf(1), ['conv1', 'pool5']);
    await net.features(pictureOf(1), ['fc']);
    expect(compiled.map((names) => names.join())).toEqual(['fc,pool5,inception3b.means', 'pool5,conv1']);
  });

  it('disposes the sets that were not used for the longest time', async () => {
    const { backend, released } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    for (const name of ['conv1', 'pool1', 'conv2', 'conv1', 'conv3', 'pool2']) await net.features(pictureOf(1), [name]);
    expect(released).toEqual([['pool1']]);
    await net.dispose();
    expect(released.map(String).sort()).toEqual([
      'conv1',
      'conv2',
      'conv3',
      'fc,pool5,inception3b.means',
      'pool1',
      'pool2',
    ]);
  });

  it('names a stage that is not there', async () => {
    const { backend } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    await expect(net.features(pictureOf(1), ['pool9'])).rejects.toThrow("output 'pool9': no node of that name");
    await expect(net.features(pictureOf(1), [])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: features: no names, want names of stages]`,
    );
    const sizes = [pictureOf(1), pictureOf(1, 9, 64)];
    await expect(net.features(sizes, ['conv1'])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: conv1: values of [64,32,32] and [64,16,16], want pictures of one size; ask for the features of pictures of different sizes one by one]`,
    );
  });
});

describe('dispose', () => {
  it('frees everything but the backend, once', async () => {
    const { backend, released } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    await net.features(pictureOf(1), ['pool5']);
    await Promise.all([net.dispose(), net.dispose()]);
    expect(released).toHaveLength(2);
    await expect(net.classify(pictureOf(1))).rejects.toThrow(DisposedError);
    const again = await loadGoogLeNet({ backend });
    expect((await again.classify(pictureOf(1)))[0].index).toBe(1);
  });
});
