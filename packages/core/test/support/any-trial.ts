import { generators, graphTrials, type Trial } from '@strata/trials';
import fc from 'fast-check';
import type { Graph } from '../../src/graph/graph.js';
import type { Shape } from '../../src/tensor/shape.js';

/** Networks of every op by itself, and of all of them; those more often. */
export const anyTrial: fc.Arbitrary<Trial> = fc.oneof(
  { arbitrary: fc.oneof(...Object.values(generators)), weight: 1 },
  { arbitrary: graphTrials, weight: 1 },
);

/** The shapes that a run gives the inputs. */
export function shapesOf(inputs: Trial['runs'][number]): Record<string, Shape> {
  return Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
}

/** The graph with its inputs declared in these sizes. */
export function withSizes(graph: Graph, shapes: Readonly<Record<string, Shape>>): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.op === 'input' ? { ...node, attributes: { shape: shapes[node.name] } } : node,
    ),
  };
}
