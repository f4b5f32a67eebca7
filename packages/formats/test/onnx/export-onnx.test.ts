import { GraphError, type Tensor, tensor, WeightsError } from '@strata/core';
import { compareOutputs, interpret } from '@strata/core/reference';
import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { exportOnnx } from '../../src/onnx/export-onnx.js';
import { buildVariedNetwork } from '../support/varied-network.js';

const { graph, weights } = buildVariedNetwork();

function pictureOf(shape: readonly [number, number, number, number]): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensor(
    shape,
    Array.from({ length: count }, (_, i) => Math.sin(i * 1.3)),
  );
}

describe('exportOnnx', () => {
  it('writes one file that onnxruntime runs by itself, at any size, to the numbers of the reference', async () => {
    const session = await ort.InferenceSession.create(exportOnnx(graph, weights));
    for (const shape of [
      [2, 4, 11, 9],
      [1, 4, 8, 13],
    ] as const) {
      const picture = pictureOf(shape);
      const feed = new ort.Tensor('float32', Float32Array.from(picture.data), shape);
      const outputs: Record<string, Tensor> = {};
      for (const [name, { data, dims }] of Object.entries(await session.run({ picture: feed }))) {
        if (data instanceof Float32Array) outputs[name] = tensor(dims, data);
      }
      for (const [name, { failed }] of compareOutputs(interpret(graph, weights, { picture }), outputs)) {
        expect({ name, failed }).toEqual({ name, failed: 0 });
      }
    }
    await session.release();
  });

  it('is the same for the same network', () => {
    expect(exportOnnx(graph, weights)).toEqual(exportOnnx(structuredClone(graph), structuredClone(weights)));
  });

  it('refuses weights that do not fit, and a graph that is none', () => {
    expect(() => exportOnnx(graph, {})).toThrow(WeightsError);
    expect(() => exportOnnx({ nodes: graph.nodes, outputs: ['nothing'] }, weights)).toThrow(GraphError);
  });
});
