import { describe, expect, it } from 'vitest';
import { findLowPools } from '../src/graph/low-pools.js';
import { LayerBuilder, type Value } from '../src/layers/index.js';
import { tensor } from '../src/tensor/tensor.js';

/** The pools that may show numbers far below zero, where `lift` is what a parameter of that name holds. */
function lowPools(build: (layers: LayerBuilder, x: Value) => Value[], lift = 1): string[] {
  const layers = new LayerBuilder();
  const graph = layers.build(build(layers, layers.input('x', ['batch', 2, 8, 8])));
  return [...findLowPools({ graph, weights: { lift: tensor([1], [lift]) } })];
}

const window = { window: 2 };

describe('findLowPools', () => {
  it('finds pools of inputs, and of whatever may be negative', () => {
    expect(lowPools((layers, x) => [layers.maxPool2d('p', layers.maxPool2d('q', x, window), window)])).toEqual([
      'q',
      'p',
    ]);
  });

  it('leaves out pools of what cannot be negative', () => {
    expect(lowPools((layers, x) => [layers.maxPool2d('p', layers.relu('r', x), window)])).toEqual([]);
  });

  it('leaves out pools that relus alone read, straight or behind a small sum, and that are no outputs', () => {
    const cut = (layers: LayerBuilder, x: Value) => layers.relu('r', layers.maxPool2d('p', x, window));
    expect(lowPools((layers, x) => [cut(layers, x)])).toEqual([]);
    const lifted = (layers: LayerBuilder, x: Value) =>
      layers.relu('r', layers.add('sum', layers.maxPool2d('p', x, window), layers.parameter('lift', [1])));
    expect(lowPools((layers, x) => [lifted(layers, x)])).toEqual([]);
    expect(lowPools((layers, x) => [lifted(layers, x)], 1e30)).toEqual(['p']);
    const shown = (layers: LayerBuilder, x: Value) => {
      const pool = layers.maxPool2d('p', x, window);
      return [layers.relu('r', pool), pool];
    };
    expect(lowPools(shown)).toEqual(['p']);
    const readByTwo = (layers: LayerBuilder, x: Value) => {
      const pool = layers.maxPool2d('p', x, window);
      return [layers.add('both', layers.relu('r', pool), pool)];
    };
    expect(lowPools(readByTwo)).toEqual(['p']);
  });
});
