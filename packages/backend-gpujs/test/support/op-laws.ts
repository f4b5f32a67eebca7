import { LayerBuilder, type Padding, type Pair, type Shape, ShapeError, type Value } from '@strata/core';
import fc from 'fast-check';
import { it } from 'vitest';
import { expectReference, type Judgeable, randomTensor } from './check.js';

/** Builds layers on one input; `undefined` where the drawn window does not fit. */
type Build = (layers: LayerBuilder, x: Value) => Value;

const size = fc.integer({ min: 1, max: 9 });
const pair = (max: number): fc.Arbitrary<Pair> => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));
const pad = fc.integer({ min: 0, max: 3 });
const padding: fc.Arbitrary<Padding> = fc.tuple(pad, pad, pad, pad);
const windowed = { stride: pair(3), padding, dilation: pair(3) };
const anyShape = fc.array(size, { minLength: 1, maxLength: 5 });
const picture = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  size,
  fc.integer({ min: 1, max: 13 }),
  fc.integer({ min: 1, max: 13 }),
);
const rounding = fc.constantFrom('floor' as const, 'ceil' as const);

/** Properties of every op on one device, judged by the float64 reference. `runs` examples each. */
export function opLaws(backendOf: () => Judgeable, runs: number): void {
  const law = <T>(name: string, examples: fc.Arbitrary<T>, example: (drawn: T) => { shape: Shape; build: Build }) =>
    it(name, async () => {
      await fc.assert(
        fc.asyncProperty(examples, fc.integer(), async (drawn, seed) => {
          const { shape, build } = example(drawn);
          const layers = new LayerBuilder();
          const output = fits(() => build(layers, layers.input('x', shape)));
          fc.pre(output !== undefined);
          const inputs = { x: randomTensor(shape, seed) };
          await expectReference(backendOf(), layers.build([output]), inputs);
        }),
        { numRuns: runs },
      );
    });

  law(
    'conv2d: groups, stride, dilation, asymmetric padding, fused relu',
    fc.record({
      ...windowed,
      shape: picture,
      window: pair(4),
      groups: fc.integer({ min: 1, max: 3 }),
      perGroup: fc.integer({ min: 1, max: 4 }),
      activation: fc.constantFrom('relu' as const, undefined),
      bias: fc.boolean(),
    }),
    ({ shape: [batch, channels, height, width], groups, perGroup, ...options }) => ({
      shape: [batch, channels * groups, height, width],
      build: (layers, x) => layers.conv2d('y', x, { ...options, groups, filters: perGroup * groups }),
    }),
  );
  law(
    'conv2d: long sums, written out and in loops',
    fc.record({
      channels: fc.integer({ min: 1, max: 130 }),
      window: fc.constantFrom<Pair>([1, 1], [3, 3], [7, 7], [8, 7], [1, 60], [11, 2]),
      filters: size,
    }),
    ({ channels, window, filters }) => ({
      shape: [2, channels, window[0] + 1, window[1] + 2],
      build: (layers, x) => layers.conv2d('y', x, { window, filters }),
    }),
  );
  law(
    'conv2d: sums that are long enough to be computed in blocks',
    fc.record({
      ...windowed,
      channels: fc.integer({ min: 43, max: 50 }),
      window: fc.constantFrom<Pair>([3, 3], [1, 10], [5, 4]),
      perGroup: fc.integer({ min: 1, max: 5 }),
      groups: fc.integer({ min: 1, max: 2 }),
      height: fc.integer({ min: 1, max: 7 }),
      width: fc.integer({ min: 1, max: 7 }),
      batch: fc.integer({ min: 1, max: 2 }),
      activation: fc.constantFrom('relu' as const, undefined),
      bias: fc.boolean(),
    }),
    ({ channels, groups, perGroup, height, width, batch, ...options }) => ({
      shape: [batch, channels * groups, height, width],
      build: (layers, x) => layers.conv2d('y', x, { ...options, groups, filters: perGroup * groups }),
    }),
  );
  law(
    'conv2d: long 1 × 1 sums',
    fc.record({
      channels: fc.integer({ min: 384, max: 390 }),
      filters: size,
      width: size,
      stride: fc.integer({ min: 1, max: 2 }),
    }),
    ({ channels, width, ...options }) => ({
      shape: [2, channels, 3, width],
      build: (layers, x) => layers.conv2d('y', x, { ...options, window: 1 }),
    }),
  );
  law(
    'maxPool2d: ceil, dilation, asymmetric padding',
    fc.record({ ...windowed, shape: picture, window: pair(5), rounding }),
    ({ shape, ...options }) => ({ shape, build: (layers, x) => layers.maxPool2d('y', x, options) }),
  );
  law(
    'maxPool2d: windows in loops',
    fc.record({ shape: fc.constant([1, 3, 20, 17]), window: fc.constantFrom<Pair>([8, 8], [2, 16]), padding: pad }),
    ({ shape, ...options }) => ({ shape, build: (layers, x) => layers.maxPool2d('y', x, { ...options, stride: 1 }) }),
  );
  law(
    'avgPool2d: ceil, dilation, asymmetric padding that counts or not',
    fc.record({ ...windowed, shape: picture, window: pair(5), rounding, countPadding: fc.boolean() }),
    ({ shape, ...options }) => ({ shape, build: (layers, x) => layers.avgPool2d('y', x, options) }),
  );
  law('globalAvgPool', picture, (shape) => ({ shape, build: (layers, x) => layers.globalAvgPool('y', x) }));
  law(
    'concat: any axis and rank, more inputs than a kernel may read, an input twice',
    fc.record({ shape: anyShape, axis: fc.nat(), inputs: fc.integer({ min: 1, max: 20 }) }),
    ({ shape, axis, inputs }) => ({
      shape,
      build: (layers, x) => {
        const along = axis % shape.length;
        const parts = Array.from({ length: inputs }, (_, i) => {
          if (i % 3 === 0) return x;
          return i % 3 === 1
            ? layers.relu(`r${i}`, x)
            : layers.parameter(
                `p${i}`,
                shape.map((s, a) => (a === along ? i : s)),
              );
        });
        return layers.concat('y', parts, { axis: along - (axis % 2 === 0 ? 0 : shape.length) });
      },
    }),
  );
  law('relu: any rank', anyShape, (shape) => ({ shape, build: (layers, x) => layers.relu('y', x) }));
  law(
    'linear',
    fc.record({ batch: size, terms: fc.integer({ min: 1, max: 70 }), features: size, bias: fc.boolean() }),
    ({ batch, terms, ...options }) => ({ shape: [batch, terms], build: (layers, x) => layers.linear('y', x, options) }),
  );
  law(
    'lrn: odd and even sizes, also beyond the channels',
    fc.record({
      shape: picture,
      size: fc.integer({ min: 1, max: 12 }),
      alpha: fc.constantFrom(0, 1e-4, 0.5, 2),
      beta: fc.constantFrom(0.5, 0.6, 0.75, 1, 2),
      k: fc.constantFrom(1e-3, 1, 2),
    }),
    ({ shape, ...options }) => ({ shape, build: (layers, x) => layers.lrn('y', x, options) }),
  );
  law('softmax: any axis and rank', fc.record({ shape: anyShape, axis: fc.nat() }), ({ shape, axis }) => ({
    shape,
    build: (layers, x) => layers.softmax('y', x, { axis: (axis % shape.length) - shape.length }),
  }));
  law('batchNorm: 2 to 5 axes', fc.array(size, { minLength: 2, maxLength: 5 }), (shape) => ({
    shape,
    build: (layers, x) => layers.batchNorm('y', x),
  }));
  law('dropout and flatten', fc.record({ shape: anyShape, axis: fc.nat() }), ({ shape, axis }) => ({
    shape,
    build: (layers, x) =>
      layers.flatten('y', layers.dropout('d', layers.relu('r', x), { rate: 0.4 }), { axis: axis % (shape.length + 1) }),
  }));
  law(
    'add: every way to broadcast, of either side',
    fc.record({ shape: anyShape, ones: fc.nat({ max: 31 }), missing: fc.nat({ max: 4 }), swap: fc.boolean() }),
    ({ shape, ones, missing, swap }) => ({
      shape: shape.map((s, axis) => ((ones >> axis) % 2 === 1 && axis % 2 === 0 ? 1 : s)),
      build: (layers, x) => {
        const other = shape
          .map((s, axis) => ((ones >> axis) % 2 === 1 && axis % 2 === 1 ? 1 : s))
          .slice(Math.min(missing, shape.length - 1));
        const p = layers.parameter('p', other);
        return swap ? layers.add('y', p, x) : layers.add('y', x, p);
      },
    }),
  );
}

function fits(build: () => Value): Value | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}
