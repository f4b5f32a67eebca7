import { describe, expect, it } from 'vitest';
import { type ClipOptions, type HardSigmoidOptions, LayerBuilder } from '../src/layers/index.js';
import { opTable } from '../src/ops/index.js';
import { defaultPasses, runPasses } from '../src/passes/index.js';
import { agree, type Bounds, evaluateNode, interpret } from '../src/reference/index.js';
import { tensor } from '../src/tensor/tensor.js';

const { POSITIVE_INFINITY: infinity } = Number;

function valuesOf(graph: ReturnType<LayerBuilder['build']>, x: readonly number[]) {
  const judged = interpret(graph, {}, { x: tensor([x.length], x) }).get('y');
  if (judged === undefined) throw new Error('no output');
  return judged;
}

function clip(options: ClipOptions) {
  const layers = new LayerBuilder();
  return layers.build([layers.clip('y', layers.input('x', ['n']), options)]);
}

function hardSigmoid(options?: HardSigmoidOptions) {
  const layers = new LayerBuilder();
  return layers.build([layers.hardSigmoid('y', layers.input('x', ['n']), options)]);
}

describe('clip', () => {
  it('binds by the bounds that there are, taken as float32', () => {
    const x = [-7, -0.5, 0.05, 8];
    expect([...valuesOf(clip({ min: 0, max: 6 }), x).value]).toEqual([0, 0, Math.fround(0.05), 6]);
    expect([...valuesOf(clip({ max: 0.1 }), x).value]).toEqual([-7, -0.5, Math.fround(0.05), Math.fround(0.1)]);
    expect([...valuesOf(clip({}), x).value]).toEqual([-7, -0.5, Math.fround(0.05), 8]);
  });

  it('gives max where min is above it', () => {
    expect([...valuesOf(clip({ min: 2, max: -1 }), [-3, 0, 3]).value]).toEqual([-1, -1, -1]);
  });

  it('leaves open what infinity gives on the side without a bound', () => {
    const y = valuesOf(clip({ min: 0 }), [-infinity, infinity]);
    expect(agree(y, Float32Array.of(0, infinity)).failed).toBe(0);
    expect(agree(y, Float32Array.of(0, 3e38)).failed).toBe(0);
    expect(agree(y, Float32Array.of(1, infinity)).failed).toBe(1);
  });

  it('ends errors where it ends values', () => {
    const x = { shape: [4], value: Float64Array.of(-3, -1, 2, 6.5), tolerance: Float64Array.of(1, 1.25, 0.5, 1) };
    const node = { name: 'y', op: 'clip', inputs: ['x'], attributes: { min: 0, max: 6 } } as const;
    const bounds: Bounds = { profile: 'float32', structured: false, convolution: 'direct', propagation: 'worst' };
    expect([...evaluateNode(node, [x], { shape: [4], bounds }).tolerance]).toEqual([0, 0.25, 0.5, 0.5]);
  });

  it('has attributes that survive JSON', () => {
    for (const options of [{ min: 0, max: 6 }, { min: -1 }, { max: 2 }, {}, { min: undefined, max: 1 }]) {
      const graph = clip(options);
      expect(JSON.parse(JSON.stringify(graph))).toStrictEqual(graph);
    }
  });

  it('refuses bounds that no float32 is', () => {
    expect(() => clip({ max: infinity })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: y (clip): max Infinity, want a finite float32; leave max out where there is no such bound]`,
    );
    expect(() => clip({ min: -1e39 })).toThrow('min -1e+39');
    expect(() => clip({ min: Number.NaN })).toThrow('min NaN');
  });

  it('knows its sign, and when it gives its input back', () => {
    const { sign, identity } = opTable.clip;
    expect([{ min: 0 }, { min: 1, max: 6 }, { min: -1, max: 6 }, { max: 0 }, { min: 0, max: -1 }].map(sign)).toEqual([
      'notNegative',
      'notNegative',
      'asInputs',
      'asInputs',
      'any',
    ]);
    expect([{}, { min: 0 }, { min: -2 }, { min: 1 }, { min: 0, max: 6 }].map(identity)).toEqual([
      'always',
      'ofNotNegative',
      'ofNotNegative',
      'never',
      'never',
    ]);
  });
});

describe('leakyRelu', () => {
  it('has slope alpha below zero, 0.01 by default', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['n']);
    const graph = layers.build([layers.leakyRelu('y', x), layers.leakyRelu('steep', x, { alpha: -2 })]);
    const judged = interpret(graph, {}, { x: tensor([3], [-4, 0, 5]) });
    expect([...(judged.get('y')?.value ?? [])]).toEqual([-0.04, 0, 5]);
    expect([...(judged.get('steep')?.value ?? [])]).toEqual([8, 0, 5]);
  });

  it('is the farthest from its value at the corner where alpha is negative', () => {
    const x = { shape: [2], value: Float64Array.of(-1, 1), tolerance: Float64Array.of(2, 2) };
    const node = { name: 'y', op: 'leakyRelu', inputs: ['x'], attributes: { alpha: -1 } } as const;
    const bounds: Bounds = { profile: 'float32', structured: false, convolution: 'direct', propagation: 'worst' };
    // |x| over [−3, 1] and [−1, 3], from 1.
    const { tolerance } = evaluateNode(node, [x], { shape: [2], bounds });
    expect([...tolerance]).toEqual([expect.closeTo(2, 5), expect.closeTo(2, 5)]);
  });

  it('refuses a slope that no float32 is', () => {
    const layers = new LayerBuilder();
    expect(() => layers.leakyRelu('y', layers.input('x', [2]), { alpha: infinity })).toThrow('alpha Infinity');
  });

  it('is not negative where its slope is not positive, and the input itself at slope 1', () => {
    const { sign, identity } = opTable.leakyRelu;
    expect([-0.1, 0, 0.1].map((alpha) => sign({ alpha }))).toEqual(['notNegative', 'notNegative', 'asInputs']);
    expect([1, 0.5].map((alpha) => identity({ alpha }))).toEqual(['always', 'ofNotNegative']);
  });
});

describe('hardSigmoid', () => {
  it('is a line between 0 and 1, by default that of ONNX', () => {
    const x = [-infinity, -2, 1, 3, infinity];
    expect([...valuesOf(hardSigmoid(), x).value]).toEqual([0, expect.closeTo(0.1), 0.7, 1, 1]);
    const { value, tolerance } = valuesOf(hardSigmoid({ alpha: 1 / 6 }), x);
    expect([...value]).toEqual([0, expect.closeTo(1 / 6), expect.closeTo(2 / 3), 1, 1]);
    expect([tolerance[0], tolerance[4]]).toEqual([0, 0]);
  });

  it('refuses a line that no float32 is', () => {
    expect(() => hardSigmoid({ alpha: Number.NaN })).toThrow('alpha NaN');
    expect(() => hardSigmoid({ beta: 1e39 })).toThrow('beta 1e+39');
  });
});

describe('passes', () => {
  it('drop what an activation that cannot be negative makes needless', () => {
    const layers = new LayerBuilder();
    const relu6 = layers.clip('relu6', layers.input('x', ['n']), { min: 0, max: 6 });
    const kept = layers.clip('again', layers.relu('relu', relu6), { min: 0 });
    const graph = layers.build([layers.sigmoid('y', layers.leakyRelu('leaky', kept))]);
    const { nodes } = runPasses({ graph, weights: {} }, defaultPasses).graph;
    expect(nodes.map(({ name }) => name)).toEqual(['x', 'relu6', 'y']);
  });
});
