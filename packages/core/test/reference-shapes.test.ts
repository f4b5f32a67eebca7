import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Graph, inferConcreteShapes, type NodeOf } from '../src/graph/index.js';
import { inferNode } from '../src/graph/infer.js';
import { LayerBuilder, type Value } from '../src/layers/index.js';
import type { ComputeKind } from '../src/ops/index.js';
import { evaluateNode, exactly, interpret, type Judged } from '../src/reference/index.js';
import { countElements, type Shape, toConcrete } from '../src/tensor/shape.js';
import { convCase, poolCase } from './reference-support/arbitrary.js';
import {
  avgPool2dSums,
  axes,
  type Block,
  conv2dSums,
  evaluateSums,
  globalAvgPoolSums,
  linearSums,
  poolWindows,
} from './reference-support/naive.js';
import { createRandom, fillTensor, unstructuredFills } from './reference-support/random.js';

const bounds = { profile: 'float32', structured: false, convolution: 'direct', propagation: 'worst' } as const;

function evaluate<K extends ComputeKind>(node: NodeOf<K>, inputs: readonly Judged[]): Judged {
  const shape = toConcrete(
    inferNode(
      node,
      inputs.map((input) => input.shape),
    ),
    node.name,
  );
  return evaluateNode(node, inputs, { shape, bounds });
}

function randomBlock(shape: Shape, random: () => number): Judged & Block {
  const judged = exactly(fillTensor(shape, unstructuredFills.zeroMean(random)));
  return { ...judged, data: judged.value };
}

function expectSame(judged: Judged, shape: readonly number[], values: readonly number[]): void {
  expect(judged.shape).toEqual(shape);
  expect(judged.value.length).toBe(values.length);
  for (const [i, value] of values.entries()) expect(Math.abs(judged.value[i] - value)).toBeLessThan(1e-12);
}

describe('the shape rule and the reference give what sliding by definition gives', () => {
  it('conv2d', () => {
    fc.assert(
      fc.property(convCase, (given) => {
        const random = createRandom(given.seed);
        const x = randomBlock(given.x, random);
        const w = randomBlock(given.weights, random);
        const bias = given.bias ? randomBlock([given.weights[0]], random) : undefined;
        const inputs = bias === undefined ? [x, w] : [x, w, bias];
        const names = inputs.map((_, i) => `input${i}`);
        const node = { name: 'y', op: 'conv2d', inputs: names, attributes: given.attributes } as const;
        const sums = conv2dSums(x, w, bias, given.attributes);
        expectSame(evaluate(node, inputs), sums.shape, evaluateSums(sums));
      }),
      { numRuns: 300 },
    );
  });

  it('avgPool2d', () => {
    fc.assert(
      fc.property(poolCase, ({ x: shape, attributes, seed }) => {
        const x = randomBlock(shape, createRandom(seed));
        const sums = avgPool2dSums(x, attributes);
        const y = evaluate({ name: 'y', op: 'avgPool2d', inputs: ['x'], attributes }, [x]);
        expectSame(y, sums.shape, evaluateSums(sums));
      }),
      { numRuns: 300 },
    );
  });

  it('maxPool2d', () => {
    fc.assert(
      fc.property(poolCase, ({ x: shape, attributes: { countPadding: _, ...attributes }, seed }) => {
        const x = randomBlock(shape, createRandom(seed));
        const { shape: real, windows } = poolWindows(x, axes(attributes.window, attributes, attributes.rounding));
        const largest = windows.map((seen) => Math.max(...seen.filter((element) => typeof element === 'number')));
        expectSame(evaluate({ name: 'y', op: 'maxPool2d', inputs: ['x'], attributes }, [x]), real, largest);
      }),
      { numRuns: 300 },
    );
  });

  it('globalAvgPool and linear', () => {
    const sizes = fc.tuple(...[3, 5, 6, 7].map((max) => fc.integer({ min: 1, max })), fc.integer());
    fc.assert(
      fc.property(sizes, ([batch, channels, height, width, seed]) => {
        const random = createRandom(seed);
        const x = randomBlock([batch, channels, height, width], random);
        const means = globalAvgPoolSums(x);
        const pooled = evaluate({ name: 'y', op: 'globalAvgPool', inputs: ['x'], attributes: {} }, [x]);
        expectSame(pooled, means.shape, evaluateSums(means));
        const rows = randomBlock([batch, channels], random);
        const w = randomBlock([width, channels], random);
        const bias = randomBlock([width], random);
        const sums = linearSums(rows, w, bias);
        const attributes = { activation: 'none' } as const;
        const y = evaluate({ name: 'y', op: 'linear', inputs: ['x', 'w', 'b'], attributes }, [rows, w, bias]);
        expectSame(y, sums.shape, evaluateSums(sums));
      }),
    );
  });
});

/** Appends layer after layer, each chosen by a number, and keeps those that fit. */
function growNetwork(choices: readonly number[], height: number, width: number): Graph {
  const layers = new LayerBuilder();
  let value: Value = layers.input('x', ['batch', 3, height, width]);
  for (const [index, choice] of choices.entries()) {
    const name = `layer${index}`;
    if (value.shape.length === 2) {
      value =
        choice % 2 === 0 ? layers.softmax(name, value) : layers.linear(name, value, { features: (choice % 5) + 1 });
      continue;
    }
    value = growLayer(layers, name, value, choice);
  }
  return layers.build([value]);
}

function growLayer(layers: LayerBuilder, name: string, value: Value, choice: number): Value {
  const size = Math.min(...value.shape.slice(2).map(Number));
  const window = Math.min(size, 1 + (choice % 3));
  const kinds = [
    () => layers.conv2d(name, value, { filters: 1 + (choice % 4), window, padding: choice % 2, activation: 'relu' }),
    () => layers.maxPool2d(name, value, { window, stride: 2, rounding: choice % 2 === 0 ? 'ceil' : 'floor' }),
    () => layers.avgPool2d(name, value, { window, stride: 1 + (choice % 2), rounding: 'ceil', countPadding: true }),
    () => layers.concat(name, [value, layers.relu(`${name}.relu`, value)], { axis: 1 + (choice % 3) }),
    () => layers.lrn(name, value, { size: 1 + (choice % 4) }),
    () => layers.batchNorm(name, value),
    () => layers.add(name, value, layers.globalAvgPool(`${name}.mean`, value)),
    () => layers.flatten(name, layers.dropout(`${name}.dropout`, value, { rate: 0.5 })),
  ];
  return kinds[choice % kinds.length]();
}

describe('interpret', () => {
  it('gives every node of a random network the inferred shape, finite values and tolerances of 0 or more', () => {
    const network = fc.record({
      choices: fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 }),
      batch: fc.integer({ min: 1, max: 2 }),
      height: fc.integer({ min: 3, max: 7 }),
      width: fc.integer({ min: 3, max: 9 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(network, ({ choices, batch, height, width, seed }) => {
        const graph = growNetwork(choices, height, width);
        const random = createRandom(seed);
        const weights = Object.fromEntries(
          graph.nodes.flatMap((node) =>
            node.op === 'parameter'
              ? [[node.name, fillTensor(node.attributes.shape, unstructuredFills.positive(random))]]
              : [],
          ),
        );
        const x = fillTensor([batch, 3, height, width], unstructuredFills.zeroMean(random));
        const outputs = graph.nodes.map(({ name }) => name);
        const judged = interpret(graph, weights, { x }, { outputs });
        const shapes = inferConcreteShapes(graph, { x: x.shape });
        expect([...judged.keys()]).toEqual(outputs);
        for (const [name, { shape, value, tolerance }] of judged) {
          expect(shape).toEqual(shapes.get(name));
          expect(value.length).toBe(countElements(shape));
          expect(value.every(Number.isFinite)).toBe(true);
          expect(tolerance.every((bound) => bound >= 0)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
