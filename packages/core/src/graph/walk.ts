import { findNode, type Graph, indexNodes, type Node } from './graph.js';

/** For every node, the nodes that read it. */
export function readersOf({ nodes }: Graph): ReadonlyMap<string, readonly Node[]> {
  const readers = new Map<string, Node[]>(nodes.map(({ name }) => [name, []]));
  for (const node of nodes) {
    for (const input of new Set(node.inputs)) readers.get(input)?.push(node);
  }
  return readers;
}

/** The graph that computes just `outputs`: everything they do not need is left out, but inputs stay. `GraphError` for an unknown name. */
export function selectOutputs(graph: Graph, outputs: readonly string[]): Graph {
  for (const output of outputs) findNode(graph, output);
  const index = indexNodes(graph);
  const needed = new Set<string>();
  const pending = [...outputs];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    pending.push(...(index.get(name)?.inputs ?? []));
  }
  return { nodes: graph.nodes.filter(({ name, op }) => needed.has(name) || op === 'input'), outputs: [...outputs] };
}
