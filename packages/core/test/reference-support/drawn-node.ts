import { generators } from '@strata/trials';
import fc from 'fast-check';
import { type NodeOf, nodesOf } from '../../src/graph/graph.js';
import { inferConcreteShapes } from '../../src/graph/infer.js';
import type { ComputeKind } from '../../src/ops/op-table.js';
import { countElements, type Shape } from '../../src/tensor/shape.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { shapesOf } from '../support/any-trial.js';

/** A node as a trial of its op has it, and what it reads; all numbers but weights are the test's own, by the seed. */
export interface DrawnNode<K extends ComputeKind> {
  readonly node: NodeOf<K>;
  readonly shapes: readonly Shape[];
  /** For each input, its values where it is a parameter. */
  readonly weights: readonly (Tensor | undefined)[];
  readonly seed: number;
}

/** Larger ones take the plain loops of tests too long. */
const mostElements = 2500;

/** Nodes of an op, drawn as every package's tests draw them. */
export function drawnNode<K extends ComputeKind>(op: K): fc.Arbitrary<DrawnNode<K>> {
  return fc
    .tuple(generators[op], fc.integer())
    .map(([{ graph, weights, runs }, seed]) => {
      const [node] = nodesOf(graph, op);
      const shapes = inferConcreteShapes(graph, shapesOf(runs[runs.length - 1]));
      return {
        node,
        shapes: node.inputs.map((name) => shapes.get(name) ?? []),
        weights: node.inputs.map((name) => weights[name]),
        seed,
      };
    })
    .filter(({ shapes }) => shapes.every((shape) => countElements(shape) <= mostElements));
}
