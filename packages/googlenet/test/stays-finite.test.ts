import { type Graph, LayerBuilder, nodesOf, tensor, type Value, type Weights } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../src/checkpoints/read-checkpoint.js';
import { buildGoogLeNet, constantsOf, variantNames } from '../src/index.js';
import { ORDINARY } from '../src/model/finite-runs.js';
import { staysFinite } from '../src/model/stays-finite.js';
import { zeros } from './support/small-models.js';

/** Parameters that all hold one number. */
function filled(graph: Graph, values: Readonly<Record<string, number>>): Weights {
  return Object.fromEntries(
    nodesOf(graph, 'parameter').map(({ name, attributes: { shape } }) => [
      name,
      tensor(shape, new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(values[name])),
    ]),
  );
}

function build(layers: (builder: LayerBuilder, x: Value) => Value): Graph {
  const builder = new LayerBuilder();
  return builder.build([layers(builder, builder.input('x', ['batch', 2, 'height', 'width']))]);
}

const one = { filters: 3, window: 1 } as const;

describe('staysFinite', () => {
  // Two channels up to 100 in both directions, and the limit is 10³².
  it.each([
    ['a convolution', 4.9e29, true],
    ['a convolution', 5.1e29, false],
    ['a convolution', Number.NaN, false],
  ])('adds up what %s may take: weights of %d', (_, weight, safe) => {
    const graph = build((layers, x) => layers.conv2d('c', x, one));
    expect(staysFinite(graph, filled(graph, { 'c.weight': weight, 'c.bias': 0 }), 100)).toBe(safe);
  });

  it('counts every pixel of a window, and the bias', () => {
    const graph = build((layers, x) => layers.conv2d('c', x, { filters: 3, window: 2, padding: 1 }));
    const isSafe = (weight: number, bias: number) =>
      staysFinite(graph, filled(graph, { 'c.weight': weight, 'c.bias': bias }), 100);
    expect([isSafe(1.2e29, 0), isSafe(1.3e29, 0), isSafe(1.2e29, 9e31)]).toEqual([true, false, false]);
  });

  it('knows that a relu leaves nothing below zero', () => {
    const graph = build((layers, x) => {
      const cut = layers.conv2d('a', x, { ...one, activation: 'relu' });
      return layers.conv2d('c', layers.relu('r', layers.conv2d('b', cut, one)), one);
    });
    // After b's weights, all negative, and the relu, everything is 0.
    const weights = { 'a.weight': 1, 'a.bias': 0, 'b.weight': -1, 'b.bias': 0, 'c.weight': 1e31, 'c.bias': 0 };
    expect(staysFinite(graph, filled(graph, weights), 100)).toBe(true);
    expect(staysFinite(graph, filled(graph, { ...weights, 'b.weight': 1 }), 100)).toBe(false);
  });

  it('takes a sum of squares into account before an lrn', () => {
    const graph = build((layers, x) => layers.lrn('n', layers.conv2d('c', x, one), { size: 3 }));
    const isSafe = (weight: number) => staysFinite(graph, filled(graph, { 'c.weight': weight, 'c.bias': 0 }), 100);
    expect([isSafe(4e13), isSafe(6e13)]).toEqual([true, false]);
  });

  it('is not certain of ops that GoogLeNet does not have', () => {
    const graph = build((layers, x) => layers.add('sum', x, x));
    expect(staysFinite(graph, {}, 1)).toBe(false);
  });

  it('is certain of the shipped weights', async () => {
    const { variant, weights } = await readCheckpoint(undefined, undefined);
    expect(staysFinite(buildGoogLeNet(variant), weights, ORDINARY)).toBe(true);
  });

  it.each(variantNames)('is certain of %s with ordinary weights alone', (variant) => {
    const graph = buildGoogLeNet(variant);
    const weights = { ...zeros(variant), ...constantsOf(variant) };
    const scaled = (factor: number) =>
      Object.fromEntries(
        Object.entries(weights).map(([name, given]) => [
          name,
          name.endsWith('variance') || name.startsWith('transform')
            ? given
            : { ...given, data: given.data.map(() => factor) },
        ]),
      );
    expect(staysFinite(graph, scaled(0.01), 1e4)).toBe(true);
    expect(staysFinite(graph, scaled(1e3), 1e4)).toBe(false);
  });
});
