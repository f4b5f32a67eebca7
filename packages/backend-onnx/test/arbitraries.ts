import {
  type Graph,
  inferConcreteShapes,
  LayerBuilder,
  nodesOf,
  type Shape,
  ShapeError,
  type SymbolicShape,
  type Tensor,
  tensor,
  type Value,
} from '@strata/core';
import fc from 'fast-check';

/** A network of one op with everything that a run of it needs. */
export interface Trial {
  readonly graph: Graph;
  readonly weights: Readonly<Record<string, Tensor>>;
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Whether the magnitudes of the data span many powers of ten. */
  readonly wide: boolean;
}

/** Adds the op under the name `y`. */
type Build = (layers: LayerBuilder, ...inputs: readonly Value[]) => Value;

interface Plan {
  readonly shapes: readonly Shape[];
  readonly build: Build;
}

const size = (max: number) => fc.integer({ min: 1, max });
const pair = (max: number) => fc.tuple(size(max), size(max));
const sides = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 }));
/** 16 and 32 reach the blocked layout that ONNX Runtime's CPU kernels change to; 6 what its WebGPU kernels get wrong. */
const channels = fc.constantFrom(1, 2, 3, 6, 8, 16, 32);
const picture = fc.tuple(size(3), channels, size(11), size(9));
const anyRank = (min: number) => fc.array(size(4), { minLength: min, maxLength: 5 });
const windowed = fc.record({ stride: pair(3), padding: fc.tuple(sides, sides, sides, sides), dilation: pair(2) });
const pool = fc.record({ window: pair(4), rounding: fc.constantFrom<'floor' | 'ceil'>('floor', 'ceil') });

const conv2d: fc.Arbitrary<Plan> = fc
  .record({ shape: picture, options: windowed, window: pair(3), filters: channels, depthwise: fc.boolean() })
  .chain(({ shape, options, window, filters, depthwise }) =>
    fc
      .record({ bias: fc.boolean(), activation: fc.constantFrom<'relu' | undefined>('relu', undefined) })
      .map((rest) => {
        const groups = depthwise ? shape[1] : 1;
        return {
          shapes: [shape],
          build: (layers: LayerBuilder, x: Value) =>
            layers.conv2d('y', x, { ...options, ...rest, window, groups, filters: filters * groups }),
        };
      }),
  );

const linear: fc.Arbitrary<Plan> = fc
  .record({
    shape: fc.tuple(size(4), size(70)),
    features: size(40),
    bias: fc.boolean(),
    activation: fc.constantFrom<'relu' | undefined>('relu', undefined),
  })
  .map(({ shape, ...options }) => ({ shapes: [shape], build: (layers, x) => layers.linear('y', x, options) }));

const maxPool2d: fc.Arbitrary<Plan> = fc.record({ shape: picture, options: windowed, pool }).map((plan) => ({
  shapes: [plan.shape],
  build: (layers, x) => layers.maxPool2d('y', x, { ...plan.options, ...plan.pool }),
}));

const avgPool2d: fc.Arbitrary<Plan> = fc
  .record({ shape: picture, options: windowed, pool, countPadding: fc.boolean() })
  .map(({ shape, options, pool: { window, rounding }, countPadding }) => ({
    shapes: [shape],
    build: (layers, x) => layers.avgPool2d('y', x, { ...options, window, rounding, countPadding }),
  }));

const lrn: fc.Arbitrary<Plan> = fc
  .record({
    shape: fc.tuple(size(2), fc.integer({ min: 1, max: 20 }), size(4), size(3)),
    size: size(8),
    alpha: fc.constantFrom(1e-4, 0, 1, 0.3),
    beta: fc.constantFrom(0.75, 0.5, 1, 2, 0),
    k: fc.constantFrom(1, 2, 0.01),
  })
  .map(({ shape, ...options }) => ({ shapes: [shape], build: (layers, x) => layers.lrn('y', x, options) }));

const batchNorm: fc.Arbitrary<Plan> = fc
  .tuple(anyRank(2), fc.constantFrom(1e-5, 1e-3))
  .map(([shape, epsilon]) => ({ shapes: [shape], build: (layers, x) => layers.batchNorm('y', x, { epsilon }) }));

const softmax: fc.Arbitrary<Plan> = anyRank(1).chain((shape) =>
  fc
    .integer({ min: -shape.length, max: shape.length - 1 })
    .map((axis) => ({ shapes: [shape], build: (layers: LayerBuilder, x: Value) => layers.softmax('y', x, { axis }) })),
);

const flatten: fc.Arbitrary<Plan> = anyRank(0).chain((shape) =>
  fc
    .integer({ min: -shape.length, max: shape.length })
    .map((axis) => ({ shapes: [shape], build: (layers: LayerBuilder, x: Value) => layers.flatten('y', x, { axis }) })),
);

const concat: fc.Arbitrary<Plan> = anyRank(1).chain((shape) =>
  fc
    .tuple(fc.integer({ min: -shape.length, max: shape.length - 1 }), fc.array(size(4), { minLength: 1, maxLength: 4 }))
    .map(([axis, lengths]) => ({
      shapes: lengths.map((length) => shape.with(axis, length)),
      build: (layers: LayerBuilder, ...inputs: readonly Value[]) => layers.concat('y', inputs, { axis }),
    })),
);

/** Shapes that broadcast: some sizes of one are 1, and it may lack leading axes. */
const add: fc.Arbitrary<Plan> = anyRank(0).chain((shape) =>
  fc
    .tuple(fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), fc.nat(shape.length), fc.boolean())
    .map(([ones, dropped, swap]) => {
      const other = shape.map((length, axis) => (ones[axis] ? 1 : length)).slice(dropped);
      return {
        shapes: swap ? [other, shape] : [shape, other],
        build: (layers: LayerBuilder, a: Value, b: Value) => layers.add('y', a, b),
      };
    }),
);

const unary = (build: Build, shape: fc.Arbitrary<Shape>): fc.Arbitrary<Plan> =>
  shape.map((sizes) => ({ shapes: [sizes], build }));

/** For every op that computes, networks of it alone. */
export const plans = {
  conv2d,
  maxPool2d,
  avgPool2d,
  globalAvgPool: unary((layers, x) => layers.globalAvgPool('y', x), picture),
  concat,
  relu: unary((layers, x) => layers.relu('y', x), anyRank(0)),
  linear,
  lrn,
  softmax,
  batchNorm,
  dropout: unary((layers, x) => layers.dropout('y', x, { rate: 0.4 }), anyRank(0)),
  flatten,
  add,
};

/** The op behind convolutions and before one, as networks have it: libraries then change layouts around it. */
export function betweenConvolutions(plan: fc.Arbitrary<Plan>): fc.Arbitrary<Plan> {
  return plan
    .filter(({ shapes }) => shapes.every((shape) => shape.length === 4))
    .map(({ shapes, build }) => ({
      shapes,
      build: (layers, ...inputs) => {
        const before = inputs.map((x, index) =>
          layers.conv2d(`before${index}`, x, { filters: shapes[index][1], window: 1, activation: 'relu' }),
        );
        return layers.conv2d('after', build(layers, ...before), { filters: 3, window: 1 });
      },
    }));
}

/** Data of moderate or of wide range, the same for the same seed. */
const data = fc.record({ seed: fc.integer(), wide: fc.boolean() });

/** Makes the plan's network, with all input sizes open or all known, and draws its data. Plans that do not fit are left out. */
export function trials(plan: fc.Arbitrary<Plan>): fc.Arbitrary<Trial> {
  return fc
    .tuple(plan, fc.boolean(), data)
    .map(([{ shapes, build }, open, { seed, wide }]) => {
      const draw = drawFrom(seed, wide);
      const layers = new LayerBuilder();
      const graph = tryBuild(() => {
        const inputs = shapes.map((shape, index) => layers.input(`x${index}`, open ? openShape(shape, index) : shape));
        const built = layers.build([build(layers, ...inputs)]);
        inferConcreteShapes(built, Object.fromEntries(shapes.map((shape, index) => [`x${index}`, shape])));
        return built;
      });
      if (graph === undefined) return undefined;
      const weights = nodesOf(graph, 'parameter').map(({ name, attributes }) => {
        const positive = name.endsWith('.variance');
        const values = draw(attributes.shape);
        return [name, tensor(attributes.shape, positive ? values.map(Math.abs) : values)] as const;
      });
      const inputs = shapes.map((shape, index) => [`x${index}`, tensor(shape, draw(shape))] as const);
      return { graph, weights: Object.fromEntries(weights), inputs: Object.fromEntries(inputs), wide };
    })
    .filter((trial) => trial !== undefined);
}

/** Channels stay known where weights depend on them: axis 1. */
function openShape(shape: Shape, index: number): SymbolicShape {
  return shape.map((length, axis) => (axis === 1 ? length : `size${index}.${axis}`));
}

function tryBuild(build: () => Graph): Graph | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}

/** Mulberry32. Wide data has magnitudes from 1e-4 to 1e4. */
function drawFrom(seed: number, wide: boolean): (shape: Shape) => Float32Array {
  let state = seed | 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const one = () => (wide ? (uniform() < 0.5 ? -1 : 1) * 10 ** (uniform() * 8 - 4) : uniform() * 2 - 1);
  return (shape) => Float32Array.from({ length: shape.reduce((product, length) => product * length, 1) }, one);
}
