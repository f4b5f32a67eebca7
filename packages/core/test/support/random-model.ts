import fc from 'fast-check';
import { ShapeError } from '../../src/errors.js';
import { type Graph, nodesOf } from '../../src/graph/graph.js';
import { selectOutputs } from '../../src/graph/walk.js';
import { LayerBuilder, type Value } from '../../src/layers/builder.js';
import { computeKinds } from '../../src/ops/op-table.js';
import type { ComputeKind } from '../../src/ops/types.js';
import type { Pair } from '../../src/ops/window.js';
import { countElements, type Shape, type SymbolicShape } from '../../src/tensor/shape.js';
import { type Tensor, tensor } from '../../src/tensor/tensor.js';
import { createRandom } from '../../src/weights/random.js';
import type { Weights } from '../../src/weights/weights.js';

/** One layer to try. Numbers are taken modulo what there is to choose from. */
export interface Choice {
  readonly op: ComputeKind;
  /** The values that it reads. */
  readonly from: number;
  readonly other: number;
  /** Whatever numbers the op wants: filters, windows, strides, axes. */
  readonly sizes: readonly [number, number, number, number];
  readonly padding: readonly [number, number, number, number];
  readonly flag: boolean;
  /** Whether its value is asked for though others read it. */
  readonly asked: boolean;
}

const small = fc.nat(3);

/** Layers that passes have something to say about come more often. */
export const choices: fc.Arbitrary<readonly Choice[]> = fc.array(
  fc.record({
    op: fc.oneof(
      fc.constantFrom(...computeKinds),
      fc.constantFrom<ComputeKind>('conv2d', 'relu', 'batchNorm', 'dropout'),
    ),
    from: fc.nat(20),
    other: fc.nat(20),
    sizes: fc.tuple(small, small, small, small),
    padding: fc.tuple(small, small, small, small),
    flag: fc.boolean(),
    asked: fc.nat(5).map((n) => n === 0),
  }),
  { minLength: 1, maxLength: 12 },
);

/**
 * A graph of the layers that fit; those that do not are left out. Names are `l0`, `l1` …, each after its place in
 * `plan`, so that two graphs of one plan can be compared. It returns all values that nothing reads, and those asked for.
 */
export function buildPlan(plan: readonly Choice[], shape: SymbolicShape): Graph {
  const layers = new LayerBuilder();
  const values: Value[] = [layers.input('x', shape)];
  const read = new Set<string>();
  const asked = new Set<string>();
  for (const [index, choice] of plan.entries()) {
    // Most layers read the newest value: chains are what passes rewrite.
    const x = values[Math.max(0, values.length - 1 - (choice.from > 10 ? choice.from - 10 : 0))];
    const other = values[choice.other % values.length];
    try {
      const value = addLayer(layers, `l${index}`, choice, x, other);
      values.push(value);
      read.add(x.name);
      if (choice.op === 'add' || choice.op === 'concat') read.add(other.name);
      if (choice.asked) asked.add(value.name);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
    }
  }
  const outputs = values.filter(({ name }) => !read.has(name) || asked.has(name));
  return selectOutputs(
    layers.build(outputs),
    outputs.map(({ name }) => name),
  );
}

function addLayer(layers: LayerBuilder, name: string, choice: Choice, x: Value, other: Value): Value {
  const { op, sizes, padding, flag } = choice;
  const [a, b, c, d] = sizes;
  const window: Pair = [1 + (a % 3), 1 + (b % 3)];
  const stride: Pair = [1 + (c % 2), 1 + (d % 3)];
  const dilation: Pair = [1 + (d % 2), 1 + (c % 2)];
  const rounding = c % 2 === 0 ? 'floor' : 'ceil';
  switch (op) {
    case 'conv2d': {
      const channels = x.shape[1];
      const groups = typeof channels === 'number' && channels % 2 === 0 && a > 1 ? 2 : 1;
      const filters = groups * (1 + b);
      const activation = d === 0 ? 'relu' : undefined;
      return layers.conv2d(name, x, { filters, window, stride, dilation, padding, groups, bias: flag, activation });
    }
    case 'maxPool2d':
      return layers.maxPool2d(name, x, { window, stride, dilation, padding, rounding });
    case 'avgPool2d':
      return layers.avgPool2d(name, x, { window, stride, dilation, padding, rounding, countPadding: flag });
    case 'globalAvgPool':
      return layers.globalAvgPool(name, x);
    case 'concat':
      return layers.concat(name, flag ? [x] : [x, other], { axis: a % Math.max(1, x.shape.length) });
    case 'relu':
      return layers.relu(name, x);
    case 'linear':
      return layers.linear(name, x, { features: 1 + a, bias: flag, activation: b === 0 ? 'relu' : undefined });
    case 'lrn':
      return layers.lrn(name, x, { size: 1 + a, alpha: 0.1, beta: 0.75, k: 1 + b });
    case 'softmax':
      return layers.softmax(name, x, { axis: a % x.shape.length });
    case 'batchNorm':
      return layers.batchNorm(name, x, { epsilon: 1e-3 });
    case 'dropout':
      return layers.dropout(name, x, { rate: a / 4 });
    case 'flatten':
      return layers.flatten(name, x, { axis: a % (x.shape.length + 1) });
    case 'add':
      return layers.add(name, x, other);
  }
}

/** Numbers of mean 0 for every parameter; variances from ½ to 1½. */
export function randomWeights(graph: Graph, seed: number): Weights {
  return Object.fromEntries(
    nodesOf(graph, 'parameter').map(({ name, attributes }): [string, Tensor] => {
      const random = createRandom(`${seed}:${name}`);
      const next = name.endsWith('.variance') ? () => 0.5 + random.uniform() : () => random.normal();
      return [name, fill(attributes.shape, next)];
    }),
  );
}

/** Normal numbers. */
export function randomTensor(shape: Shape, seed: number): Tensor {
  return fill(shape, createRandom(`${seed}`).normal);
}

function fill(shape: Shape, next: () => number): Tensor {
  return tensor(shape, Array.from({ length: countElements(shape) }, next));
}
