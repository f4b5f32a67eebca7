import {
  computeKinds,
  InputError,
  LayerBuilder,
  type Model,
  nodesOf,
  type Tensor,
  tensor,
  WeightsError,
} from '@strata/core';
import { generators } from '@strata/trials';
import fc from 'fast-check';
import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { narrowF16, widenF16 } from '../../src/half.js';
import { exportOnnx, openOnnx } from '../../src/onnx/index.js';
import { decodeNode, emitStandard } from '../support/reimport.js';
import { buildVariedNetwork } from '../support/varied-network.js';

const models: fc.Arbitrary<Model> = fc.oneof(...computeKinds.map((kind) => generators[kind]));

function toHalf({ shape, data }: Tensor): Tensor {
  const bits = new DataView(new ArrayBuffer(2 * data.length));
  narrowF16(Float32Array.from(data), bits);
  return tensor(shape, widenF16(bits, data.length));
}

async function run(file: Uint8Array, picture: Tensor): Promise<Record<string, Tensor>> {
  const session = await ort.InferenceSession.create(file);
  const feed = new ort.Tensor('float32', Float32Array.from(picture.data), picture.shape);
  const outputs = await session.run({ picture: feed });
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims }]) => {
      if (data instanceof Float32Array) return [name, tensor(dims, data)];
      throw new Error(`${name}: no floats`);
    }),
  );
}

describe('an exported file', () => {
  it('is read back as it was: weights, nodes, inputs and outputs', () => {
    fc.assert(
      fc.property(models, (model) => {
        const { graph, weights } = model;
        const file = openOnnx(exportOnnx(graph, weights));
        for (const { name } of nodesOf(graph, 'parameter'))
          expect(file.tensors.get(name)?.read()).toEqual(weights[name]);
        const { nodes, constants } = emitStandard(model);
        expect(file.tensors.size).toBe(nodesOf(graph, 'parameter').length + constants.length);
        const read = file.nodes.slice(0, nodes.length).map(({ outputs, ...node }) => node);
        expect(read).toEqual(nodes.map(decodeNode));
        expect(file.inputs).toEqual(
          nodesOf(graph, 'input').map(({ name, attributes }) => ({ name, dtype: 'float32', shape: attributes.shape })),
        );
        expect(file.outputs.length).toBe(graph.outputs.length);
      }),
      { numRuns: 200 },
    );
  });

  it('says the shapes of its outputs, with the names of open sizes', () => {
    const { graph, weights } = buildVariedNetwork();
    expect(openOnnx(exportOnnx(graph, weights)).outputs).toEqual([
      { name: 'y', dtype: 'float32', shape: ['batch', 3] },
      { name: 'sum', dtype: 'float32', shape: ['batch', 5, 'sum:2', 'sum:3'] },
    ]);
  });

  it('carries texts', () => {
    const { graph, weights } = buildVariedNetwork();
    const metadata = { labels: '["Bág"]', empty: '', ...Object.fromEntries([['__proto__', 'x']]) };
    const file = openOnnx(exportOnnx(graph, weights, { metadata, name: 'googlenet', description: 'Nine kinds.' }));
    expect(file).toMatchObject({ name: 'googlenet', producer: expect.stringMatching(/^strata \d+\.\d+\.\d+/) });
    expect(Object.entries(file.metadata)).toEqual(Object.entries(metadata));
    // @ts-expect-error: a number is no text.
    expect(() => exportOnnx(graph, weights, { metadata: { epochs: 3 } })).toThrowErrorMatchingInlineSnapshot(
      `[InputError: metadata: "epochs": a number, want a text]`,
    );
    // @ts-expect-error: no such precision.
    expect(() => exportOnnx(graph, weights, { precision: 'int8' })).toThrow(InputError);
  });

  it('of float16 computes in float32 what the rounded weights give, to the bit', async () => {
    const { graph, weights } = buildVariedNetwork();
    const rounded = Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, toHalf(weight)]));
    const half = exportOnnx(graph, weights, { precision: 'float16' });
    const file = openOnnx(half);
    for (const [name, weight] of Object.entries(rounded)) {
      expect(file.tensors.get(name)).toMatchObject({ dtype: 'float16', byteLength: 2 * weight.data.length });
      expect(file.tensors.get(name)?.read()).toEqual(weight);
      expect(file.constants.get(`${name}:float32`)?.read()).toEqual(weight);
    }
    expect(file.nodes.map(({ op }) => op)).not.toContain('Cast');
    const picture = tensor(
      [2, 4, 11, 9],
      Array.from({ length: 2 * 4 * 11 * 9 }, (_, i) => Math.sin(i)),
    );
    expect(await run(half, picture)).toEqual(await run(exportOnnx(graph, rounded), picture));
  });

  it('of float16 is refused for weights that it cannot hold', () => {
    const layers = new LayerBuilder();
    const graph = layers.build([layers.linear('fc', layers.input('x', [1, 1]), { features: 1, bias: false })]);
    const weights = { 'fc.weight': tensor([1, 1], [65_520]) };
    expect(() => exportOnnx(graph, weights, { precision: 'float16' })).toThrow(WeightsError);
    expect(() => exportOnnx(graph, weights, { precision: 'float16' })).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: tensor "fc.weight": 65520 at element 0, which float16 cannot hold, want magnitudes below 65520; store it as float32]`,
    );
  });

  it('gives each picture of a batch what it gives it alone', async () => {
    const { graph, weights } = buildVariedNetwork();
    const file = exportOnnx(graph, weights);
    const one = Array.from({ length: 4 * 8 * 13 }, (_, i) => Math.sin(i * 1.3));
    const alone = await run(file, tensor([1, 4, 8, 13], one));
    const three = await run(file, tensor([3, 4, 8, 13], [...one, ...one, ...one]));
    for (const [name, { data }] of Object.entries(alone)) {
      expect(three[name].data).toEqual(Float32Array.from([...data, ...data, ...data]));
    }
  });
});
