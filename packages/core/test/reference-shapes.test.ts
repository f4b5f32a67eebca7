import { graphTrials } from '@strata/trials';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferConcreteShapes, type NodeOf } from '../src/graph/index.js';
import { inferNode } from '../src/graph/infer.js';
import type { ComputeKind } from '../src/ops/index.js';
import { evaluateNode, exactly, interpret, type Judged } from '../src/reference/index.js';
import { countElements, type Shape, toConcrete } from '../src/tensor/shape.js';
import { drawnNode } from './reference-support/drawn-node.js';
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
import { shapesOf } from './support/any-trial.js';

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
      fc.property(drawnNode('conv2d'), ({ node, shapes, seed }) => {
        const random = createRandom(seed);
        const inputs = shapes.map((shape) => randomBlock(shape, random));
        const sums = conv2dSums(inputs[0], inputs[1], inputs[2], node.attributes);
        expectSame(evaluate(node, inputs), sums.shape, evaluateSums(sums));
      }),
      { numRuns: 80 },
    );
  });

  it('avgPool2d', () => {
    fc.assert(
      fc.property(drawnNode('avgPool2d'), ({ node, shapes: [shape], seed }) => {
        const x = randomBlock(shape, createRandom(seed));
        const sums = avgPool2dSums(x, node.attributes);
        expectSame(evaluate(node, [x]), sums.shape, evaluateSums(sums));
      }),
      { numRuns: 80 },
    );
  });

  it('maxPool2d', () => {
    fc.assert(
      fc.property(drawnNode('maxPool2d'), ({ node, shapes: [shape], seed }) => {
        const { attributes } = node;
        const x = randomBlock(shape, createRandom(seed));
        const { shape: real, windows } = poolWindows(x, axes(attributes.window, attributes, attributes.rounding));
        const largest = windows.map((seen) => Math.max(...seen.filter((element) => typeof element === 'number')));
        expectSame(evaluate(node, [x]), real, largest);
      }),
      { numRuns: 80 },
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

describe('interpret', () => {
  it('gives every node of a random network the inferred shape, finite values and tolerances of 0 or more', () => {
    fc.assert(
      fc.property(graphTrials, ({ graph, weights, runs: [inputs], structured }) => {
        const outputs = graph.nodes.map(({ name }) => name);
        const judged = interpret(graph, weights, inputs, { outputs, structured });
        const shapes = inferConcreteShapes(graph, shapesOf(inputs));
        expect([...judged.keys()]).toEqual(outputs);
        for (const [name, { shape, value, tolerance }] of judged) {
          expect(shape).toEqual(shapes.get(name));
          expect(value.length).toBe(countElements(shape));
          expect(value.every(Number.isFinite)).toBe(true);
          expect(tolerance.every((bound) => bound >= 0)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });
});
