import { identityOf } from '../graph/facts.js';
import type { Graph, Node } from '../graph/graph.js';
import { findNotNegative } from '../graph/signs.js';
import type { Pass } from './pass.js';

/**
 * Removes nodes that give their input back, as the specs of their ops say: dropout, a concat of one value, a relu of a
 * value that cannot be negative (after a relu, also through pools and joins of such values). Outputs keep their names.
 */
export const dropNoOps: Pass = {
  name: 'drop-no-ops',
  apply: ({ graph, weights }) => ({ graph: drop(graph), weights }),
};

function drop(graph: Graph): Graph {
  const { nodes, outputs } = graph;
  const standsFor = new Map<string, string>();
  const notNegative = findNotNegative(graph);
  const kept = nodes.flatMap((node): Node[] => {
    const inputs = node.inputs.map((input) => standsFor.get(input) ?? input);
    if (givesBack(node, inputs, notNegative) && !outputs.includes(node.name)) {
      standsFor.set(node.name, inputs[0]);
      return [];
    }
    return [{ ...node, inputs }];
  });
  return { nodes: kept, outputs };
}

/** Whether the node's value is its first input's. */
function givesBack(node: Node, inputs: readonly string[], notNegative: ReadonlySet<string>): boolean {
  switch (identityOf(node)) {
    case 'always':
      return true;
    case 'ofOneInput':
      return inputs.length === 1;
    case 'ofNotNegative':
      return notNegative.has(inputs[0]);
    case 'never':
      return false;
  }
}
