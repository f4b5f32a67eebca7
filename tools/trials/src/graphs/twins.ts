import { inferConcreteShapes, StrataError } from '@strata/core';
import fc from 'fast-check';
import { generators } from '../generators/table.js';
import type { Trial } from '../trial.js';
import { neighboursOf } from './neighbours.js';

/** What is told apart: the trials of every op, drawn alike. */
const trials = fc.oneof(...Object.values(generators));

/**
 * Trials of one op with a second node beside a node: it reads the same values and parameters, and differs in one number
 * or word of its attributes. Both are outputs.
 */
export const twinTrials: fc.Arbitrary<Trial> = fc
  .tuple(trials, fc.nat())
  .map(([trial, pick]) => withTwin(trial, pick))
  .filter((trial): trial is Trial => trial !== undefined);

function withTwin({ graph, runs, ...rest }: Trial, pick: number): Trial | undefined {
  const neighbours = neighboursOf(graph);
  if (neighbours.length === 0) return undefined;
  const { index, node } = neighbours[pick % neighbours.length];
  const twin = { ...node, name: `${node.name} twin` };
  const { name } = graph.nodes[index];
  const both = {
    nodes: graph.nodes.flatMap((given, i) => (i === index ? [given, twin] : [given])),
    outputs: [...new Set([...graph.outputs, name, twin.name])],
  };
  try {
    for (const run of runs) {
      inferConcreteShapes(both, Object.fromEntries(Object.entries(run).map(([input, { shape }]) => [input, shape])));
    }
    return { graph: both, runs, ...rest };
  } catch (error) {
    if (error instanceof StrataError) return undefined;
    throw error;
  }
}
