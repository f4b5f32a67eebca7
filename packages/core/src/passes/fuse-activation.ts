import type { Graph, Node } from '../graph/graph.js';
import { readersOf } from '../graph/walk.js';
import type { Pass } from './pass.js';

/**
 * conv2d → relu and linear → relu become one node with `activation: 'relu'` under the relu's name, where nothing else
 * reads the value in between and it is no output.
 */
export const fuseActivation: Pass = {
  name: 'fuse-activation',
  apply: ({ graph, weights }) => ({ graph: fuse(graph), weights }),
};

function fuse(graph: Graph): Graph {
  const readers = readersOf(graph);
  const fused = new Map<string, string>();
  for (const node of graph.nodes) {
    const reader = readers.get(node.name)?.[0];
    const fusible =
      canActivate(node) &&
      readers.get(node.name)?.length === 1 &&
      reader?.op === 'relu' &&
      !graph.outputs.includes(node.name);
    if (fusible && reader !== undefined) fused.set(node.name, reader.name);
  }
  const replaced = new Set(fused.values());
  const nodes = graph.nodes.flatMap((node): Node[] => {
    if (replaced.has(node.name)) return [];
    const name = fused.get(node.name);
    if (name === undefined || !canActivate(node)) return [node];
    return [
      node.op === 'conv2d'
        ? { ...node, name, attributes: { ...node.attributes, activation: 'relu' } }
        : { ...node, name, attributes: { activation: 'relu' } },
    ];
  });
  return { nodes, outputs: graph.outputs };
}

function canActivate(node: Node): node is Extract<Node, { op: 'conv2d' | 'linear' }> {
  return (node.op === 'conv2d' || node.op === 'linear') && node.attributes.activation === 'none';
}
