import { signOf } from './facts.js';
import type { Graph, Node } from './graph.js';

/** The names of the values that cannot be negative, whatever the inputs: after a relu, also through pools and joins of such values. */
export function findNotNegative({ nodes }: Graph): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of nodes) if (isNotNegative(node, found)) found.add(node.name);
  return found;
}

function isNotNegative(node: Node, found: ReadonlySet<string>): boolean {
  switch (signOf(node)) {
    case 'notNegative':
      return true;
    case 'asInputs':
      return node.inputs.every((input) => found.has(input));
    case 'any':
      return false;
  }
}
