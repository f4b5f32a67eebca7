import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { initialiseWeights, LayerBuilder, tensor, type Value } from '@strata/core';
import { exportOnnx } from '@strata/formats/onnx';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadModel } from '../src/index.js';
import { createFakeBackend } from './fake-backend.js';

const { backend } = createFakeBackend();
const fixture = fileURLToPath(new URL('../../formats/test/fixtures/zoo16-opset3.onnx', import.meta.url));

/** A `.onnx` file of a network on `picture`, of which the picture's size may be open. */
function fileOf(build: (layers: LayerBuilder, picture: Value) => Value, size: readonly (number | string)[] = [8, 8]) {
  const layers = new LayerBuilder();
  const graph = layers.build([build(layers, layers.input('picture', ['batch', 3, ...size]))]);
  return exportOnnx(graph, initialiseWeights(graph, { scheme: 'kaiming-uniform', seed: 1 }));
}

const scores = (layers: LayerBuilder, picture: Value, features = 4) =>
  layers.linear('fc', layers.flatten('flat', layers.globalAvgPool('mean', picture)), { features });

const refusal = (options: Parameters<typeof loadModel>[0]) =>
  loadModel(options).then(
    () => 'loaded',
    (error: unknown) => String(error),
  );

afterEach(() => vi.restoreAllMocks());

describe('loadModel', () => {
  it('reads a path, a URL of a file, bytes and a blob alike', async () => {
    const bytes = readFileSync(fixture);
    const sources = [fixture, new URL(`file://${fixture}`), new Uint8Array(bytes), new Blob([bytes])];
    for (const model of sources) {
      const net = await loadModel({ backend, model });
      expect(net.inputShape).toEqual([3, 64, 64]);
      expect(net.graph.outputs).toEqual(['prob_1']);
      expect(net.labels).toHaveLength(10);
      await net.dispose();
    }
  });

  it('tells what nobody said: the batch, the labels, the pre-processing', async () => {
    const net = await loadModel({ backend, model: fixture });
    expect(net.assumed.map(({ about }) => about)).toEqual(['network', 'labels', 'preprocessing']);
    const said = {
      labels: [...'abcdefghij'],
      channels: 'bgr',
      resize: 'caffe',
      scale: 1,
      mean: [1, 2, 3],
      std: [1, 1, 1],
    } as const;
    const told = await loadModel({ backend, model: fixture, ...said });
    expect(told.assumed.map(({ about }) => about)).toEqual(['network']);
    expect(told.preprocessing).toMatchObject({ channels: 'bgr', resize: 'caffe', mean: [1, 2, 3] });
  });

  it('classifies by logits, and by probabilities as they are', async () => {
    const data = new Float32Array(3 * 64);
    data.set([0.25, 2]);
    const picture = tensor([3, 8, 8], data);
    const logits = await loadModel({ backend, model: fileOf(scores) });
    const [best] = await logits.classify(picture);
    expect(best).toMatchObject({ index: 2, label: 'class 2' });
    expect(best.probability).toBeCloseTo(Math.exp(0.25) / (Math.exp(0.25) + 3));
    const ended = await loadModel({ backend, model: fileOf((layers, x) => layers.softmax('prob', scores(layers, x))) });
    expect((await ended.classify(picture))[0].probability).toBe(0.25);
    const apart = await loadModel({ backend, model: fileOf((layers, x) => layers.sigmoid('each', scores(layers, x))) });
    expect((await apart.classify(picture))[0].probability).toBe(0.25);
    expect(apart.assumed[0].text).toBe('classes do not exclude each other');
  });

  it("has ImageNet's labels for 1,000 classes", async () => {
    const net = await loadModel({ backend, model: fileOf((layers, x) => scores(layers, x, 1000)) });
    expect(net.labels[0]).toBe('tench');
  });

  it('takes the size of pictures where the file leaves it open', async () => {
    const model = fileOf(scores, ['height', 'width']);
    expect(await refusal({ backend, model })).toMatch(
      /^ShapeError: model: picture: \[3,height,width\], which leaves height open, want numbers; give input/,
    );
    expect((await loadModel({ backend, model, input: [3, 20, 30] })).inputShape).toEqual([3, 20, 30]);
    expect(await refusal({ backend, model: fileOf(scores), input: [3, 9, 9] })).toMatch(
      /^InputError: input: \[3,9,9\], want \[3,8,8\]/,
    );
  });

  it('refuses what is no classifier of pictures, and no model', async () => {
    expect(await refusal({ backend, model: fileOf((layers, x) => layers.relu('y', x)) })).toMatch(
      /^ShapeError: model: y: .*want \[batch, classes\]/,
    );
    const layers = new LayerBuilder();
    const graph = layers.build([layers.add('y', layers.input('a', ['batch', 4]), layers.input('b', ['batch', 4]))]);
    expect(await refusal({ backend, model: exportOnnx(graph, {}) })).toMatch(/^ShapeError: model: inputs a .*, b /);
    expect(await refusal({ backend, model: new TextEncoder().encode('no model at all') })).toMatch(
      /^WeightsError: model: /,
    );
    expect(await refusal({ backend, model: `${fixture}x` })).toMatch(/^WeightsError: .*no such file/);
    const none: unknown = undefined;
    // @ts-expect-error: plain JavaScript may give anything.
    expect(await refusal({ backend, model: none })).toMatch(/^InputError: model: undefined/);
  });

  it('refuses channels that come last, and takes tensors of as many channels as there are', async () => {
    const file = (shape: readonly [number, number, number]) => {
      const layers = new LayerBuilder();
      const graph = layers.build([scores(layers, layers.input('picture', ['batch', ...shape]))]);
      return exportOnnx(graph, initialiseWeights(graph, { scheme: 'kaiming-uniform', seed: 1 }));
    };
    expect(await refusal({ backend, model: file([64, 64, 3]) })).toMatch(
      /^ShapeError: model: picture: \[64,64,3\], channels last, want \[channels, height, width\]; export/,
    );
    const net = await loadModel({ backend, model: file([5, 8, 8]) });
    expect(net.preprocessing).toBeUndefined();
    expect(net.assumed.map(({ about }) => about)).toEqual(['labels']);
  });

  it('copies bytes before it returns its promise', async () => {
    const bytes = new Uint8Array(readFileSync(fixture));
    const loading = loadModel({ backend, model: bytes });
    bytes.fill(0);
    expect((await loading).labels).toHaveLength(10);
  });
});
