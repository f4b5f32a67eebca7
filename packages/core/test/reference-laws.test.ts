import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayerBuilder, type Value } from '../src/layers/index.js';
import { interpret } from '../src/reference/index.js';
import type { Shape } from '../src/tensor/shape.js';
import type { Tensor } from '../src/tensor/tensor.js';
import { createRandom, fillTensor, unstructuredFills } from './reference-support/random.js';

const SHAPE: Shape = [2, 3, 5, 7];

/** What a layer without bias gives for `x`; weights are the same at every call. */
function apply(layer: (layers: LayerBuilder, x: Value) => Value, x: Tensor): Float64Array {
  const layers = new LayerBuilder();
  const graph = layers.build([layer(layers, layers.input('x', x.shape))]);
  const fill = unstructuredFills.zeroMean(createRandom(3));
  const weights: Record<string, Tensor> = {};
  for (const node of graph.nodes) {
    if (node.op === 'parameter') weights[node.name] = fillTensor(node.attributes.shape, fill);
  }
  return interpret(graph, weights, { x }).get(graph.outputs[0])?.value ?? new Float64Array();
}

function map(shape: Shape, value: (index: number) => number, length: number): Tensor {
  return { shape, dtype: 'float64', data: Float64Array.from({ length }, (_, i) => value(i)) };
}

function expectClose(got: Float64Array, want: Float64Array): void {
  expect(got.length).toBe(want.length);
  expect(got.length).toBeGreaterThan(0);
  for (const [i, value] of want.entries()) expect(Math.abs(got[i] - value)).toBeLessThan(1e-11 * (1 + Math.abs(value)));
}

const linearLayers: Record<string, (layers: LayerBuilder, x: Value) => Value> = {
  conv2d: (layers, x) =>
    layers.conv2d('y', x, { filters: 6, window: [2, 3], stride: 2, padding: [1, 0, 2, 1], groups: 3, bias: false }),
  linear: (layers, x) => layers.linear('y', layers.flatten('flat', x), { features: 4, bias: false }),
  avgPool2d: (layers, x) => layers.avgPool2d('y', x, { window: 3, stride: 2, padding: 1, rounding: 'ceil' }),
  globalAvgPool: (layers, x) => layers.globalAvgPool('y', x),
};

describe('laws of the reference', () => {
  it.each(Object.entries(linearLayers))('%s is linear', (_, layer) => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -8, max: 8 }), (seed, factor) => {
        const fill = unstructuredFills.zeroMean(createRandom(seed));
        const a = fillTensor(SHAPE, fill);
        const b = fillTensor(SHAPE, fill);
        const mixed = map(SHAPE, (i) => a.data[i] + factor * b.data[i], a.data.length);
        const fromA = apply(layer, a);
        const fromB = apply(layer, b);
        expectClose(
          apply(layer, mixed),
          fromA.map((value, i) => value + factor * fromB[i]),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('softmax sums to 1 and is unchanged by a shift', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0, 1, 2, 3), (seed, axis) => {
        const x = fillTensor(SHAPE, unstructuredFills.normal(createRandom(seed)));
        const layer = (layers: LayerBuilder, value: Value) => layers.softmax('y', value, { axis });
        const y = apply(layer, x);
        // A whole-number shift of float32 data is exact in float64.
        expectClose(
          apply(
            layer,
            map(SHAPE, (i) => x.data[i] + 1024, x.data.length),
          ),
          y,
        );
        const total = y.reduce((sum, value) => sum + value, 0);
        expect(total).toBeCloseTo(x.data.length / SHAPE[axis], 9);
      }),
      { numRuns: 30 },
    );
  });

  it('max pooling commutes with relu', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const x = fillTensor(SHAPE, unstructuredFills.zeroMean(createRandom(seed)));
        const options = { window: [3, 2], stride: [2, 3], padding: [1, 0, 1, 1], rounding: 'ceil' } as const;
        expectClose(
          apply((layers, value) => layers.relu('y', layers.maxPool2d('pool', value, options)), x),
          apply((layers, value) => layers.maxPool2d('y', layers.relu('relu', value), options), x),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('a global average is an average over one window of the whole picture', () => {
    const x = fillTensor(SHAPE, unstructuredFills.zeroMean(createRandom(8)));
    expectClose(
      apply((layers, value) => layers.avgPool2d('y', value, { window: [5, 7] }), x),
      apply((layers, value) => layers.globalAvgPool('y', value), x),
    );
  });

  it('lrn without alpha divides by k^beta', () => {
    const x = fillTensor(SHAPE, unstructuredFills.zeroMean(createRandom(9)));
    const y = apply((layers, value) => layers.lrn('y', value, { size: 2, alpha: 0, beta: 0.5, k: 4 }), x);
    expectClose(
      y,
      Float64Array.from(x.data, (value) => value / 2),
    );
  });
});
