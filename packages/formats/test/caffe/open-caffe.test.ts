import { WeightsError } from '@strata/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCaffe } from '../../src/caffe/index.js';
import { openWeights } from '../../src/weights/index.js';
import { caffeOf, type WrittenBlob, type WrittenLayer } from '../support/caffe-of.js';
import { fixture } from '../support/fixture.js';

/** Shape, and first, middle and last value, as Caffe's own schema gives them. */
function probe(name: string, { tensors }: ReturnType<typeof openCaffe>): unknown[] {
  const tensor = tensors.get(name);
  const data = tensor?.read().data ?? [];
  return [tensor?.shape, data[0], data[Math.floor(data.length / 2)], data[data.length - 1]];
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof WeightsError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

function countValues({ tensors }: ReturnType<typeof openCaffe>): number {
  return [...tensors.values()].reduce((sum, tensor) => sum + tensor.read().data.length, 0);
}

const sizes = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 });

/** A blob of that many axes; of today's format, old sizes are for up to four axes. */
function blobOf(shapes: fc.Arbitrary<readonly number[]>): fc.Arbitrary<WrittenBlob> {
  const value = fc.float({ noNaN: true });
  return shapes.chain((shape) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc.record({
      shape: fc.constant(shape),
      values: fc.array(value, { minLength: length, maxLength: length }),
      legacy: fc.boolean(),
      double: length === 0 ? fc.constant(false) : fc.boolean(),
      packed: fc.boolean(),
    });
  });
}

function ofAxes(axes: number): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.integer({ min: 1, max: 3 }), { minLength: axes, maxLength: axes });
}

const names = fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 });

function layerOf(
  type: string,
  number: number,
  blobs: fc.Arbitrary<readonly WrittenBlob[]>,
): fc.Arbitrary<WrittenLayer> {
  return fc.record({
    ...{ name: fc.string({ minLength: 1, maxLength: 8 }), type: fc.constant(type), number: fc.constant(number) },
    ...{ bottoms: names, tops: names, blobs },
  });
}

/** Weights with that many axes, or those and a bias, or something more. */
function weighted(axes: number): fc.Arbitrary<readonly WrittenBlob[]> {
  const extra = blobOf(sizes).map((blob) => ({ ...blob, legacy: false }));
  return fc
    .tuple(blobOf(ofAxes(axes)), blobOf(ofAxes(1)), extra, fc.integer({ min: 0, max: 3 }))
    .map(([weight, bias, more, count]) => [weight, bias, more].slice(0, count));
}

const nets = fc.uniqueArray(
  fc.oneof(
    layerOf('Convolution', 4, weighted(4)),
    layerOf('InnerProduct', 14, weighted(2)),
    layerOf('Deconvolution', 39, weighted(4)),
    layerOf(
      'ReLU',
      18,
      fc.array(
        blobOf(sizes).map((blob) => ({ ...blob, legacy: false })),
        { maxLength: 2 },
      ),
    ),
    layerOf('Split', 22, fc.constant([])),
  ),
  { selector: ({ name }) => name, minLength: 1, maxLength: 4 },
);

/** A blob of ones. */
function written(shape: readonly number[]): WrittenBlob {
  const values = new Array<number>(shape.reduce((product, size) => product * size, 1)).fill(1);
  return { shape, values, legacy: true, double: false, packed: true };
}

function inner(blobs: readonly WrittenBlob[]): WrittenLayer {
  return { name: 'fc', type: 'InnerProduct', number: 14, bottoms: ['x'], tops: ['fc'], blobs };
}

describe('a Caffe model', () => {
  it('of V1 has the layers and shapes of today', () => {
    const file = openCaffe(fixture('bvlc16-v1.caffemodel'));
    expect([file.name, file.layers.length, file.tensors.size, countValues(file)]).toEqual([
      'GoogleNet',
      142,
      116,
      24829,
    ]);
    expect(file.layers[0]).toEqual({
      name: 'conv1/7x7_s2',
      type: 'Convolution',
      bottoms: ['data'],
      tops: ['conv1/7x7_s2'],
    });
    expect([...new Set(file.layers.map(({ type }) => type))].sort()).toEqual([
      ...['Concat', 'Convolution', 'Dropout', 'InnerProduct', 'LRN', 'Pooling', 'ReLU', 'Softmax'],
    ]);
    expect([...file.tensors.keys()].slice(0, 2)).toEqual(['conv1/7x7_s2.weight', 'conv1/7x7_s2.bias']);
    expect(probe('conv1/7x7_s2.weight', file)).toEqual([
      [4, 3, 7, 7],
      ...[0.19360198080539703, 0.17096136510372162, 0.03633193299174309],
    ]);
    expect(file.tensors.get('conv1/7x7_s2.bias')?.shape).toEqual([4]);
    expect(file.tensors.get('loss3/classifier.weight')?.shape).toEqual([10, 64]);
    expect(file.tensors.get('loss3/classifier.bias')?.shape).toEqual([10]);
  });

  it('that was trained has data, splits, losses and both auxiliary heads', () => {
    const file = openCaffe(fixture('bvlc16-train.caffemodel'));
    expect(countValues(file)).toBe(43177);
    expect(file.layers.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['Data', 'Split', 'SoftmaxWithLoss', 'InnerProduct']),
    );
    expect([...file.tensors.keys()].filter((name) => /^loss[12]/.test(name))).toEqual(
      ['loss1/conv', 'loss1/fc', 'loss1/classifier', 'loss2/conv', 'loss2/fc', 'loss2/classifier'].flatMap((layer) => [
        `${layer}.weight`,
        `${layer}.bias`,
      ]),
    );
    expect(probe('conv1/7x7_s2.bias', file)).toEqual([
      [4],
      ...[-0.02931966260075569, -0.011114811524748802, 0.06784886121749878],
    ]);
    expect(probe('loss2/fc.weight', file)).toEqual([
      [64, 128],
      ...[-0.1952832192182541, -0.19283635914325714, 0.14967815577983856],
    ]);
  });

  it('is a file of weights', async () => {
    const file = await openWeights(fixture('bvlc16-v1.caffemodel'));
    expect(file).toMatchObject({ format: 'caffe', metadata: { name: 'GoogleNet' } });
    expect(file.tensors.size).toBe(116);
  });

  it('comes back as it was written, in every way that there is', () => {
    fc.assert(
      fc.property(nets, fc.string(), fc.constantFrom('current', 'v1'), (layers, name, format) => {
        const file = openCaffe(caffeOf(name, layers, format));
        expect(file.name).toBe(name);
        expect(file.layers).toEqual(layers.map(({ name, type, bottoms, tops }) => ({ name, type, bottoms, tops })));
        const written = layers.flatMap(({ name, type, blobs }) =>
          blobs.map(({ shape, values, double }, place) => ({
            name: `${name}.${type === 'ReLU' ? place : (['weight', 'bias'][place] ?? place)}`,
            dtype: double ? 'float64' : 'float32',
            byteLength: values.length * (double ? 8 : 4),
            read: { shape, dtype: 'float32', data: Float32Array.from(values) },
          })),
        );
        expect(
          [...file.tensors].map(([name, tensor]) => ({
            ...{ name, dtype: tensor.dtype, byteLength: tensor.byteLength },
            read: tensor.read(),
          })),
        ).toEqual(written);
      }),
    );
  });

  it('keeps fewer axes than a layer has, and takes more only where they are 1', () => {
    const fc1 = (shape: readonly number[]) => inner([{ ...written(shape), legacy: false }]);
    const shapeOf = (shape: readonly number[]) =>
      openCaffe(caffeOf('n', [fc1(shape)], 'current')).tensors.get('fc.weight');
    expect(shapeOf([6])?.shape).toEqual([6]);
    expect(shapeOf([])?.shape).toEqual([]);
    expect(shapeOf([1, 2, 3])?.shape).toEqual([2, 3]);
    expect(refusal(() => shapeOf([2, 1, 3]))).toMatchInlineSnapshot(
      `"Caffe model: layer "fc": blob 0: [2,1,3], want 2 axes, or 1 in all before them"`,
    );
  });

  it('that disagrees with itself, or is something else, says so', () => {
    const blob = written([2, 3]);
    const net = (layers: readonly WrittenLayer[]) =>
      refusal(() => openCaffe(caffeOf('n', layers, 'current'), 'n.caffemodel'));
    expect([
      net([inner([{ ...blob, values: [1] }])]),
      net([inner([{ ...blob, shape: [-2, -3], legacy: false }])]),
      net([inner([blob]), inner([blob])]),
      refusal(() => openCaffe(fixture('zoo16-opset3.onnx'), 'n.caffemodel')),
      refusal(() => openCaffe(fixture('bvlc16-v1.caffemodel').subarray(0, 50_000), 'n.caffemodel')),
      refusal(() =>
        openCaffe(Uint8Array.from(Buffer.from('0a016e 1203120178 12040a020a00'.replace(/ /g, ''), 'hex')), 'n'),
      ),
      // @ts-expect-error: no bytes.
      refusal(() => openCaffe(null)),
    ]).toMatchInlineSnapshot(`
      [
        "n.caffemodel: layer "fc": blob 0: 1 numbers, want those of [1,1,2,3]",
        "n.caffemodel: layer "fc": blob 0: 6 numbers, want those of [-2,-3]",
        "n.caffemodel: network: two layers "fc" with weights, want each name once; the file is damaged",
        "n.caffemodel: an ONNX network, want a Caffe model; openOnnx of @strata/formats/onnx reads it",
        "n.caffemodel: network: a part of 6053 bytes at byte 45038, want at most the 4959 that are left; the file is cut short: get it again",
        "n: a Caffe model of the oldest format (V0), want one of today or V1; Caffe's upgrade_net_proto_binary makes a current one",
        "Caffe model: null, want the bytes of a Caffe model",
      ]
    `);
  });
});
