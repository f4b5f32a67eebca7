import { describe, expect, it } from 'vitest';
import { ShapeError } from '../src/errors.js';
import { inferConcreteShapes } from '../src/graph/infer.js';
import { LayerBuilder, type Value } from '../src/layers/index.js';
import type { SymbolicShape } from '../src/tensor/shape.js';

type Layer = (layers: LayerBuilder, x: Value) => Value;

/** The shape that a layer named `y` gives. */
function shapeOf(shape: SymbolicShape, layer: Layer): SymbolicShape {
  const layers = new LayerBuilder();
  return layer(layers, layers.input('x', shape)).shape;
}

const open = ['batch', 6, 'height', 'width'] as const;
const reshape =
  (shape: readonly number[]): Layer =>
  (layers, x) =>
    layers.reshape('y', x, { shape });

describe('sizes that are open', () => {
  it('are copied by 0 or taken by −1', () => {
    expect(shapeOf(open, reshape([0, 2, -1]))).toEqual(['batch', 2, '3·height·width']);
    expect(shapeOf(open, reshape([0, 0, 0, 0]))).toEqual(open);
    expect(shapeOf(open, reshape([0, 6, -1]))).toEqual(['batch', 6, 'height·width']);
    expect(shapeOf(open, reshape([-1]))).toEqual(['6·batch·height·width']);
    expect(shapeOf(['batch', '6·height', 4], reshape([0, 8, -1]))).toEqual(['batch', 8, '3·height']);
    expect(shapeOf(['batch', 6, 5, 4], reshape([0, 2, 3, 5, 4]))).toEqual(['batch', 2, 3, 5, 4]);
    expect(shapeOf(['batch', 6], reshape([3, 4]))).toEqual([3, 4]);
  });

  it('go through the shuffled channels of ShuffleNet', () => {
    const shuffled = (shape: SymbolicShape, apart: readonly number[], together: readonly number[]) =>
      shapeOf(shape, (layers, x) => {
        const groups = layers.reshape('apart', x, { shape: apart });
        const mixed = layers.transpose('mixed', groups, { permutation: [0, 2, 1, 3, 4] });
        return layers.reshape('y', mixed, { shape: together });
      });
    expect(shuffled(['batch', 116, 28, 14], [0, 2, 58, 28, 14], [0, -1, 28, 14])).toEqual(['batch', 116, 28, 14]);
  });

  it('have a name that says what was cut or added', () => {
    const height = (layer: Layer) => shapeOf(open, layer)[2];
    expect(height((layers, x) => layers.slice('y', x, { axis: 2 }))).toBe('height');
    expect(height((layers, x) => layers.slice('y', x, { axis: 2, start: 1, end: -2 }))).toBe('(height−3)');
    expect(height((layers, x) => layers.slice('y', x, { axis: 2, start: 1, end: 4, step: 2 }))).toBe('height[1:4:2]');
    expect(height((layers, x) => layers.slice('y', x, { axis: 2, start: -1 }))).toBe('height[-1:]');
    const around = { before: [0, 0, 1, 0], after: [0, 0, 2, 0] };
    expect(height((layers, x) => layers.pad('y', x, around))).toBe('(height+3)');
    // What a convolution of that window leaves.
    expect(height((layers, x) => layers.maxPool2d('y', x, { window: 3, stride: 1 }))).toBe(
      height((layers, x) => layers.slice('y', x, { axis: 2, start: 1, end: -1 })),
    );
  });
});

describe('refuses', () => {
  it.each<[string, SymbolicShape, Layer, string]>([
    ['two −1', open, reshape([-1, -1]), 'y (reshape): shape [-1,-1], want at most one −1'],
    ['half a size', open, reshape([0.5]), 'y (reshape): size 0.5, want a whole number of at least -1'],
    [
      'a copy of an axis that is not there',
      [2, 3],
      reshape([2, 3, 0]),
      'y (reshape): shape [2,3,0] for [2,3], want a number or −1 at axis 2; 0 copies the axis of the input that has the same number, which is none here',
    ],
    ['other elements', [2, 3], reshape([4]), 'y (reshape): shape [4] for [2,3], want as many elements as 6, not 4'],
    ['a remainder', [2, 3], reshape([4, -1]), 'y (reshape): shape [4,-1] for [2,3], want sizes that divide 6, not 4'],
    [
      'an open remainder',
      ['batch', 6],
      reshape([4, -1]),
      'y (reshape): shape [4,-1] for [batch,6], want sizes that divide 6·batch, not 4; copy open axes by 0, or give the input numbers for its sizes',
    ],
    [
      'what cannot be',
      ['batch', 6],
      reshape([4]),
      'y (reshape): shape [4] for [batch,6], want as many elements as 6·batch, not 4; copy open axes by 0, or give the input numbers for its sizes',
    ],
    [
      'an axis twice',
      [2, 3],
      (layers, x) => layers.transpose('y', x, { permutation: [0, 0] }),
      'y (transpose): permutation [0,0] for [2,3], want each axis from 0 to 1 once',
    ],
    [
      'an axis that is not there',
      [2, 3],
      (layers, x) => layers.slice('y', x, { axis: 2 }),
      'y (slice): axis 2, want a whole number from -2 to 1',
    ],
    [
      'half a place',
      [2, 3],
      (layers, x) => layers.slice('y', x, { axis: 0, end: 0.5 }),
      'y (slice): end 0.5, want a whole number',
    ],
    [
      'a step back',
      [2, 3],
      (layers, x) => layers.slice('y', x, { axis: 0, step: -1 }),
      'y (slice): step -1, want a whole number of at least 1',
    ],
    [
      'a slice of nothing',
      [2, 3],
      (layers, x) => layers.slice('y', x, { axis: 1, start: 3 }),
      'y (slice): no place of 3 from 3 by steps of 1, want at least one',
    ],
    [
      'what is nothing of any size',
      open,
      (layers, x) => layers.slice('y', x, { axis: 2, start: -2, end: -2, step: 3 }),
      'y (slice): no place of height from -2 until before -2 by steps of 3, want at least one',
    ],
    [
      'too few pads',
      [2, 3],
      (layers, x) => layers.pad('y', x, { before: [1, 1], after: [1] }),
      'y (pad): after [1] for [2,3], want 2 numbers, one an axis',
    ],
    [
      'a negative pad',
      [2, 3],
      (layers, x) => layers.pad('y', x, { before: [1, -1], after: [1, 1] }),
      'y (pad): before -1, want a whole number of at least 0',
    ],
    [
      'a value beyond float32',
      [2, 3],
      (layers, x) => layers.pad('y', x, { before: [1, 1], after: [1, 1], value: 1e39 }),
      'y (pad): value 1e+39, want a finite float32 number',
    ],
  ])('%s', (_, shape, layer, message) => {
    expect(() => shapeOf(shape, layer)).toThrow(ShapeError);
    expect(() => shapeOf(shape, layer)).toThrow(expect.objectContaining({ message }));
  });

  it('at run time what does not fit sizes that were open', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', open);
    const graph = layers.build([reshape([3, 4])(layers, x), layers.slice('row', x, { axis: 2, start: 2 })]);
    expect(() => inferConcreteShapes(graph, { x: [3, 6, 3, 2] })).toThrow('y (reshape): shape [3,4] for [3,6,3,2]');
    expect(() => inferConcreteShapes(graph, { x: [1, 6, 2, 1] })).toThrow('row (slice): no place of 2 from 2');
  });
});
