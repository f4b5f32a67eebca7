import { readersOf } from '../graph/walk.js';
import type { Model } from './pass.js';

/** The model without the parameters that no node reads any more and that are no output, and without their weights. */
export function dropUnreadParameters({ graph, weights }: Model): Model {
  const readers = readersOf(graph);
  const nodes = graph.nodes.filter(
    ({ name, op }) => op !== 'parameter' || graph.outputs.includes(name) || (readers.get(name)?.length ?? 0) > 0,
  );
  const names = new Set(nodes.map(({ name }) => name));
  const live = Object.entries(weights).filter(([name]) => names.has(name));
  return { graph: { nodes, outputs: graph.outputs }, weights: Object.fromEntries(live) };
}
