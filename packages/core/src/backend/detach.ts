import type { Graph, Node, NodeOf } from '../graph/graph.js';
import type { OpKind } from '../ops/op-table.js';
import type { Model } from '../passes/pass.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Weights } from '../weights/weights.js';

/**
 * The model without anything that the caller still holds: `given` are its weights, whose arrays are copied where a pass
 * has not made others of them. What nothing reads was dropped before, so no weight is copied in vain.
 */
export function detach({ graph, weights }: Model, given: Weights): Model {
  const theirs = new Set(Object.values(given).map(({ data }) => data.buffer));
  const own = ({ shape, dtype, data }: Tensor): Tensor => ({
    shape: [...shape],
    dtype,
    data: theirs.has(data.buffer) ? data.slice() : data,
  });
  return {
    graph: copyGraph(graph),
    weights: Object.fromEntries(Object.entries(weights).map(([name, tensor]) => [name, own(tensor)])),
  };
}

/** Not `structuredClone`, which refuses the proxies that reactive frameworks make of a program's arrays and objects. */
function copyGraph({ nodes, outputs }: Graph): Graph {
  return { nodes: nodes.map((node): Node => copyNode(node)), outputs: [...outputs] };
}

function copyNode<K extends OpKind>(node: NodeOf<K>): NodeOf<K> {
  return { ...node, inputs: [...node.inputs], attributes: copyAttributes(node.attributes) };
}

/** Attributes are words, numbers, and lists of them. */
function copyAttributes<T extends object>(attributes: T): T {
  const lists = Object.entries(attributes).filter(([, value]) => Array.isArray(value));
  return { ...attributes, ...Object.fromEntries(lists.map(([key, list]) => [key, [...list]])) };
}
