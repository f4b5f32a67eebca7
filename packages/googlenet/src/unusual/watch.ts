import type { Graph, Node } from '@strata/core';

/** The stage whose channel means are measured. */
const stage = 'inception3b';

/** Names of the values that the score is computed from, [batch, channels, 1, 1] each. */
export const watched = { means: `${stage}.means`, features: 'pool5' } as const;

/**
 * The graph with two more outputs: `pool5`, and the mean of each channel of `inception3b`, taken on the device so that
 * its maps need not be read.
 */
export function watchGraph(graph: Graph): Graph {
  const { means, features } = watched;
  return {
    // At once after the stage, so that its maps can be let go of.
    nodes: graph.nodes.flatMap((node): Node[] =>
      node.name === stage ? [node, { name: means, op: 'globalAvgPool', inputs: [stage], attributes: {} }] : [node],
    ),
    outputs: [...graph.outputs, features, means],
  };
}
