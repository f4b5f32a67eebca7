import { describe, expect, it } from 'vitest';
import type { Graph } from '../src/graph/graph.js';
import { LayerBuilder, type SliceOptions, type Value } from '../src/layers/index.js';
import { agree, type Bounds, evaluateNode, interpret } from '../src/reference/index.js';
import type { Dim } from '../src/tensor/shape.js';
import { type Tensor, tensor } from '../src/tensor/tensor.js';

/** A graph of one layer over an input `x`. */
function oneLayer(shape: readonly Dim[], layer: (layers: LayerBuilder, x: Value) => Value): Graph {
  const layers = new LayerBuilder();
  return layers.build([layer(layers, layers.input('x', shape))]);
}

function run(graph: Graph, x: Tensor, weights: Record<string, Tensor> = {}) {
  const judged = interpret(graph, weights, { x }).get(graph.outputs[0]);
  if (judged === undefined) throw new Error('no output');
  return judged;
}

const count = (shape: readonly number[]) =>
  tensor(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
  );

describe('conv2d', () => {
  it('computes a strided, padded, dilated window of two channels by hand', () => {
    // x [1,2,2,3]: 1 2 3 / 4 5 6 and 7 8 9 / 10 11 12. Window 1×2 with dilation 2, stride [2,1], padding left 1.
    const graph = oneLayer([1, 2, 2, 3], (layers, x) =>
      layers.conv2d('y', x, { filters: 1, window: [1, 2], stride: [2, 1], padding: [0, 1, 0, 0], dilation: [1, 2] }),
    );
    const y = run(graph, count([1, 2, 2, 3]), {
      'y.weight': tensor([1, 2, 1, 2], [1, 10, 100, 1000]),
      'y.bias': tensor([1], [0.5]),
    });
    expect(y.shape).toEqual([1, 1, 1, 2]);
    // Columns −1 and 1: 10·2 + 1000·8; columns 0 and 2: 1 + 10·3 + 100·7 + 1000·9; bias ½.
    expect([...y.value]).toEqual([8020.5, 9731.5]);
    const growth = 4 + 2 * Math.sqrt(5);
    expect(y.tolerance[1]).toBeCloseTo(growth * 2 ** -24 * 9731.5, 12);
  });

  it('keeps groups apart', () => {
    const graph = oneLayer([1, 4, 1, 1], (layers, x) =>
      layers.conv2d('y', x, { filters: 2, window: 1, groups: 2, bias: false }),
    );
    const y = run(graph, count([1, 4, 1, 1]), { 'y.weight': tensor([2, 2, 1, 1], [1, 10, 100, 1000]) });
    expect([...y.value]).toEqual([21, 4300]);
  });

  it('takes the largest |x| that the algorithm mixes in, where it does not convolve directly', () => {
    const graph = oneLayer([1, 1, 1, 40], (layers, x) => layers.conv2d('y', x, { filters: 1, window: 1, bias: false }));
    const data = new Float32Array(40).fill(1);
    data[0] = 1000;
    const weights = { 'y.weight': tensor([1, 1, 1, 1], [-2]) };
    const tolerances = (convolution: 'direct' | 'winograd' | 'fft' | 'unknown') =>
      interpret(graph, weights, { x: tensor([1, 1, 1, 40], data) }, { convolution }).get('y')?.tolerance ?? [];
    const unit = 6 * 2 ** -24 * 2;
    const near = (value: number) => expect.closeTo(value * unit, 12);
    expect([tolerances('direct')[0], tolerances('direct')[7]]).toEqual([near(1000), near(1)]);
    expect([tolerances('winograd')[7], tolerances('winograd')[8]]).toEqual([near(1000), near(1)]);
    expect([tolerances('fft')[39], tolerances('unknown')[39]]).toEqual([near(1000), near(1000)]);
  });
});

describe('linear', () => {
  it('multiplies by [out, in] weights', () => {
    const graph = oneLayer([2, 3], (layers, x) => layers.linear('y', x, { features: 2, activation: 'relu' }));
    const y = run(graph, count([2, 3]), {
      'y.weight': tensor([2, 3], [1, 10, 100, -1, 0, 0]),
      'y.bias': tensor([2], [1, 2]),
    });
    expect([...y.value]).toEqual([322, 1, 655, 0]);
  });
});

describe('maxPool2d', () => {
  it('pads with minus infinity, never zero', () => {
    const graph = oneLayer([1, 1, 2, 3], (layers, x) =>
      layers.maxPool2d('y', x, { window: [2, 3], stride: 1, padding: [1, 1, 0, 1] }),
    );
    const y = run(graph, tensor([1, 1, 2, 3], [-6, -5, -4, -3, -2, -1]));
    expect(y.shape).toEqual([1, 1, 2, 3]);
    expect([...y.value]).toEqual([-5, -4, -4, -2, -1, -1]);
    expect(Math.max(...y.tolerance)).toBe(0);
  });

  it('keeps the partial last window in ceil mode', () => {
    const graph = oneLayer([1, 1, 1, 5], (layers, x) =>
      layers.maxPool2d('y', x, { window: [1, 2], stride: [1, 2], rounding: 'ceil' }),
    );
    expect([...run(graph, count([1, 1, 1, 5])).value]).toEqual([2, 4, 5]);
  });
});

describe('avgPool2d', () => {
  const pool = (countPadding: boolean) =>
    oneLayer([1, 1, 1, 4], (layers, x) =>
      layers.avgPool2d('y', x, { window: [1, 3], stride: 2, padding: [0, 1, 0, 1], rounding: 'ceil', countPadding }),
    );

  it('counts real pixels alone', () => {
    // Windows −1…1, 1…3, 3…5 (pixel 3, padding 4, overhang 5).
    expect([...run(pool(false), count([1, 1, 1, 4])).value]).toEqual([1.5, 3, 4]);
  });

  it('counts declared padding, but never the ceil overhang', () => {
    expect([...run(pool(true), count([1, 1, 1, 4])).value]).toEqual([1, 3, 2]);
  });
});

describe('globalAvgPool', () => {
  it('averages each plane', () => {
    const y = run(
      oneLayer([1, 2, 1, 3], (layers, x) => layers.globalAvgPool('y', x)),
      count([1, 2, 1, 3]),
    );
    expect(y.shape).toEqual([1, 2, 1, 1]);
    expect([...y.value]).toEqual([2, 5]);
  });
});

describe('globalMaxPool', () => {
  it('gives the largest of each plane, be it minus infinity', () => {
    const x = tensor([1, 3, 1, 2], [-1, -2, 5, 7, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    const y = run(
      oneLayer([1, 3, 1, 2], (layers, value) => layers.globalMaxPool('y', value)),
      x,
    );
    expect(y.shape).toEqual([1, 3, 1, 1]);
    expect([...y.value]).toEqual([-1, 7, Number.NEGATIVE_INFINITY]);
  });
});

describe('adaptiveAvgPool2d', () => {
  it('averages windows that overlap where they do not divide the picture', () => {
    const y = run(
      oneLayer([1, 1, 3, 5], (layers, x) => layers.adaptiveAvgPool2d('y', x, { size: [2, 3] })),
      count([1, 1, 3, 5]),
    );
    expect(y.shape).toEqual([1, 1, 2, 3]);
    // Rows 0–1, 1–2 and columns 0–1, 1–3, 3–4: as PyTorch's AdaptiveAvgPool2d.
    expect([...y.value]).toEqual([4, 5.5, 7, 9, 10.5, 12]);
  });

  it('repeats pixels where there are more windows', () => {
    const graph = oneLayer([1, 1, 1, 2], (layers, x) => layers.adaptiveAvgPool2d('y', x, { size: [2, 3] }));
    expect([...run(graph, count([1, 1, 1, 2])).value]).toEqual([1, 1.5, 2, 1, 1.5, 2]);
  });

  it('needs the sizes of axes with more than one window', () => {
    const build = (size: readonly [number, number]) =>
      oneLayer([1, 1, 'height', 4], (layers, x) => layers.adaptiveAvgPool2d('y', x, { size }));
    expect(() => build([2, 2])).toThrow(/known height/);
    expect(() => build([0, 2])).toThrow(/size 0/);
    expect(build([1, 2]).nodes).toHaveLength(2);
  });
});

describe('lrn', () => {
  it('puts the longer half of an even window after the channel', () => {
    const graph = oneLayer([1, 4, 1, 1], (layers, x) => layers.lrn('y', x, { size: 2, alpha: 2, beta: 1, k: 1 }));
    // s = 1 + x² + next², no next at the last channel.
    expect([...run(graph, count([1, 4, 1, 1])).value]).toEqual([1 / 6, 2 / 14, 3 / 26, 4 / 17]);
  });
});

describe('softmax', () => {
  it('does not overflow on huge logits, along any axis', () => {
    const graph = oneLayer([2, 2], (layers, x) => layers.softmax('y', x, { axis: 0 }));
    const y = run(graph, tensor([2, 2], [1e30, 5, 1e30, 5 + Math.log(3)]));
    expect([...y.value]).toEqual([0.5, expect.closeTo(0.25, 7), 0.5, expect.closeTo(0.75, 7)]);
    expect(Math.max(...y.tolerance)).toBeLessThan(1e-5);
  });

  it('gives zero for an element far below the rest, with a finite tolerance', () => {
    const graph = oneLayer([1, 3], (layers, x) => layers.softmax('y', x));
    const y = run(graph, tensor([1, 3], [0, -1e30, Number.NEGATIVE_INFINITY]));
    expect([...y.value]).toEqual([1, 0, 0]);
    expect(y.tolerance.every((value) => value < 1e-5)).toBe(true);
  });
});

describe('batchNorm', () => {
  it('normalises each channel of any rank', () => {
    const graph = oneLayer([1, 2, 3], (layers, x) => layers.batchNorm('y', x, { epsilon: 1 }));
    const y = run(graph, count([1, 2, 3]), {
      'y.scale': tensor([2], [2, -3]),
      'y.shift': tensor([2], [10, 20]),
      'y.mean': tensor([2], [1, 5]),
      'y.variance': tensor([2], [3, 8]),
    });
    expect([...y.value]).toEqual([10, 11, 12, 21, 20, 19]);
  });
});

describe('add', () => {
  it('broadcasts from the last axis', () => {
    const layers = new LayerBuilder();
    const a = layers.input('a', [2, 1, 3]);
    const b = layers.input('b', [2, 1]);
    const graph = layers.build([layers.add('y', a, b)]);
    const y = interpret(graph, {}, { a: count([2, 1, 3]), b: tensor([2, 1], [10, 20]) }).get('y');
    expect(y?.shape).toEqual([2, 2, 3]);
    expect([...(y?.value ?? [])]).toEqual([11, 12, 13, 21, 22, 23, 14, 15, 16, 24, 25, 26]);
  });
});

describe('mul', () => {
  it('broadcasts from the last axis', () => {
    const layers = new LayerBuilder();
    const a = layers.input('a', [2, 1, 3]);
    const b = layers.input('b', [2, 1]);
    const graph = layers.build([layers.mul('y', a, b)]);
    const y = interpret(graph, {}, { a: count([2, 1, 3]), b: tensor([2, 1], [10, -2]) }).get('y');
    expect(y?.shape).toEqual([2, 2, 3]);
    expect([...(y?.value ?? [])]).toEqual([10, 20, 30, -2, -4, -6, 40, 50, 60, -8, -10, -12]);
  });

  it('leaves open what infinity gives with 0, and asks for it with other numbers', () => {
    const layers = new LayerBuilder();
    const graph = layers.build([layers.mul('y', layers.input('a', [3]), layers.input('b', [3]))]);
    const infinite = tensor([3], [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    const y = interpret(graph, {}, { a: infinite, b: tensor([3], [0, 2, 3]) }).get('y');
    expect([...(y?.value ?? [])]).toEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });
});

describe('concat, flatten, dropout, relu', () => {
  it('move elements without error', () => {
    const layers = new LayerBuilder();
    const a = layers.input('a', [2, 1, 2]);
    const b = layers.input('b', [2, 2, 2]);
    const joined = layers.concat('joined', [a, b]);
    const graph = layers.build([
      layers.flatten('flat', layers.dropout('kept', layers.relu('y', joined), { rate: 0.4 })),
    ]);
    const flat = interpret(graph, {}, { a: tensor([2, 1, 2], [-1, 2, 3, -4]), b: count([2, 2, 2]) }).get('flat');
    expect(flat?.shape).toEqual([2, 6]);
    expect([...(flat?.value ?? [])]).toEqual([0, 2, 1, 2, 3, 4, 3, 0, 5, 6, 7, 8]);
    expect(Math.max(...(flat?.tolerance ?? [1]))).toBe(0);
  });
});

describe('reshape, transpose, slice, pad', () => {
  const x = count([2, 3, 4]);
  const rows = (layer: (layers: LayerBuilder, x: Value) => Value) => {
    const y = run(oneLayer(['a', 3, 'b'], layer), x);
    expect(Math.max(...y.tolerance)).toBe(0);
    return { shape: y.shape, values: [...y.value] };
  };

  it('keep, turn and take elements', () => {
    const { shape, values } = rows((layers, value) => layers.reshape('y', value, { shape: [-1, 3] }));
    expect([shape, values]).toEqual([[8, 3], [...x.data]]);
    expect(rows((layers, value) => layers.transpose('y', value, { permutation: [2, 0, 1] }))).toEqual({
      shape: [4, 2, 3],
      values: [1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23, 4, 8, 12, 16, 20, 24],
    });
    expect(rows((layers, value) => layers.transpose('y', value)).shape).toEqual([4, 3, 2]);
    const taken = (options: SliceOptions) => rows((layers, value) => layers.slice('y', value, options));
    expect(taken({ axis: 1, start: -2, end: 9 })).toEqual({
      shape: [2, 2, 4],
      values: [5, 6, 7, 8, 9, 10, 11, 12, 17, 18, 19, 20, 21, 22, 23, 24],
    });
    expect(taken({ axis: -1, start: -9, end: -1, step: 2 })).toEqual({
      shape: [2, 3, 2],
      values: [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23],
    });
  });

  it('surround elements with a float32 number', () => {
    const y = run(
      oneLayer([2, 2], (layers, value) => layers.pad('y', value, { before: [0, 1], after: [1, 0], value: 0.1 })),
      count([2, 2]),
    );
    const around = Math.fround(0.1);
    expect([y.shape, [...y.value]]).toEqual([
      [3, 3],
      [around, 1, 2, around, 3, 4, around, around, around],
    ]);
    expect(Math.max(...y.tolerance)).toBe(0);
  });
});

describe('the tolerance of relu', () => {
  const x = {
    shape: [6],
    value: Float64Array.of(2, 0, -1, -1, -1, Number.NEGATIVE_INFINITY),
    tolerance: Float64Array.of(0.5, 0.5, 0.25, 1, 3, 0.5),
  };
  const toleranceOf = (propagation: Bounds['propagation']) => {
    const bounds = { profile: 'float32', structured: false, convolution: 'direct', propagation } as const;
    const node = { name: 'y', op: 'relu', inputs: ['x'], attributes: {} } as const;
    return [...evaluateNode(node, [x], { shape: x.shape, bounds }).tolerance];
  };

  it("is the input's in the worst case", () => {
    expect(toleranceOf('worst')).toEqual([...x.tolerance]);
  });

  it('is zero where x and its error are negative, when errors are independent', () => {
    expect(toleranceOf('independent')).toEqual([0.5, 0.5, 0, 0, 2, 0]);
  });
});

describe('NaN', () => {
  const nan = tensor([1, 1, 1, 2], [Number.NaN, 1]);

  it('must pass concat, flatten, add and dropout', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', [1, 1, 1, 2]);
    const joined = layers.concat('joined', [x, x]);
    const sum = layers.add('sum', joined, joined);
    const graph = layers.build([layers.flatten('y', layers.dropout('kept', sum, { rate: 0.5 }))]);
    const y = run(graph, nan);
    expect(agree(y, Float32Array.of(Number.NaN, 2, Number.NaN, 2)).failed).toBe(0);
    expect(agree(y, Float32Array.of(0, 2, 0, 2)).failed).toBe(2);
  });

  it('is open elsewhere', () => {
    const y = run(
      oneLayer([1, 1, 1, 2], (layers, x) => layers.maxPool2d('y', x, { window: [1, 2] })),
      nan,
    );
    expect(agree(y, Float32Array.of(1)).failed).toBe(0);
    expect(agree(y, Float32Array.of(Number.NaN)).failed).toBe(0);
  });
});
