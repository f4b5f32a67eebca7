import type { Graph, Node } from '../graph/graph.js';
import type { Pass } from './pass.js';

/**
 * Removes nodes that give their input back: dropout, a concat of one value, and a relu of a value that can not be
 * negative (after a relu, also through pools, concats and flattens of such values). Outputs keep their names.
 */
export const dropNoOps: Pass = {
  name: 'drop-no-ops',
  apply: ({ graph, weights }) => ({ graph: drop(graph), weights }),
};

function drop({ nodes, outputs }: Graph): Graph {
  const standsFor = new Map<string, string>();
  const nonNegative = new Set<string>();
  const kept = nodes.flatMap((node): Node[] => {
    const inputs = node.inputs.map((input) => standsFor.get(input) ?? input);
    if (neverNegative(node, inputs, nonNegative)) nonNegative.add(node.name);
    const passes =
      node.op === 'dropout' ||
      (node.op === 'concat' && inputs.length === 1) ||
      (node.op === 'relu' && nonNegative.has(inputs[0]));
    if (passes && !outputs.includes(node.name)) {
      standsFor.set(node.name, inputs[0]);
      return [];
    }
    return [{ ...node, inputs }];
  });
  return { nodes: kept, outputs };
}

function neverNegative(node: Node, inputs: readonly string[], nonNegative: ReadonlySet<string>): boolean {
  switch (node.op) {
    case 'relu':
    case 'softmax':
      return true;
    case 'conv2d':
    case 'linear':
      return node.attributes.activation === 'relu';
    case 'maxPool2d':
    case 'avgPool2d':
    case 'globalAvgPool':
    case 'concat':
    case 'flatten':
    case 'dropout':
    case 'lrn':
    case 'add':
      return inputs.every((input) => nonNegative.has(input));
    default:
      return false;
  }
}
