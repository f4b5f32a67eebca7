import { takesActivation } from '../graph/facts.js';
import type { Graph, Node, NodeOf } from '../graph/graph.js';
import { readersOf } from '../graph/walk.js';
import type { Activated } from '../ops/op-spec.js';
import type { KindWith } from '../ops/op-table.js';
import type { Pass } from './pass.js';

/**
 * A relu becomes `activation: 'relu'` of the op before it, where that takes one (conv2d, linear), nothing else reads the
 * value in between and it is no output. The node has the relu's name.
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
    return [name === undefined || !canActivate(node) ? node : activate(node, name)];
  });
  return { nodes, outputs: graph.outputs };
}

function canActivate(node: Node): node is NodeOf<KindWith<Activated>> {
  return takesActivation(node) && node.attributes.activation === 'none';
}

function activate<K extends KindWith<Activated>>(node: NodeOf<K>, name: string): NodeOf<K> {
  return { ...node, name, attributes: { ...node.attributes, activation: 'relu' } };
}
