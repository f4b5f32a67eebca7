import {
  type ComputeKind,
  type Graph,
  inferShapes,
  isComputed,
  type NodeOf,
  ShapeError,
  StrataError,
} from '@strata/core';

/** The other values of attributes that are one of a few words. */
const otherWords: Readonly<Record<string, string>> = { none: 'relu', relu: 'none', floor: 'ceil', ceil: 'floor' };

/** A node that differs from another in one number or word of its attributes. */
export interface Neighbour {
  /** Its place in the graph. */
  readonly index: number;
  readonly node: NodeOf<ComputeKind>;
}

/**
 * For every attribute of every computed node, and every number of it, the node with another value there, where shapes
 * still fit: what a cache mixes up whose key lacks that attribute.
 */
export function neighboursOf(graph: Graph): Neighbour[] {
  return graph.nodes.flatMap((node, index) =>
    isComputed(node)
      ? alternatives(node).flatMap((other) => (fits(graph, index, other) ? [{ index, node: other }] : []))
      : [],
  );
}

/** The graph with a node in the place of another. */
export function withNode(graph: Graph, { index, node }: Neighbour): Graph {
  return { ...graph, nodes: graph.nodes.map((given, i) => (i === index ? node : given)) };
}

function alternatives<K extends ComputeKind>(node: NodeOf<K>): NodeOf<K>[] {
  return Object.entries(node.attributes).flatMap(([key, value]) =>
    othersOf(key, value).map((other) => ({ ...node, attributes: { ...node.attributes, [key]: other } })),
  );
}

function othersOf(key: string, value: unknown): unknown[] {
  if (typeof value === 'boolean') return [!value];
  // Far enough from a small epsilon or alpha for the result to show it, and below 1 where a rate has to be.
  if (typeof value === 'number') return [value > 0 && value < 1 ? (value + 1) / 2 : value + 1];
  if (typeof value === 'string' && Object.hasOwn(otherWords, value)) return [otherWords[value]];
  if (isNumbers(value)) return value.map((_, i) => value.map((size, j) => (i === j ? size + 1 : size)));
  throw new ShapeError({
    where: `attribute '${key}'`,
    got: String(value),
    want: 'a kind of value that has neighbours',
  });
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => typeof size === 'number');
}

function fits(graph: Graph, index: number, node: NodeOf<ComputeKind>): boolean {
  try {
    inferShapes(withNode(graph, { index, node }));
    return true;
  } catch (error) {
    if (error instanceof StrataError) return false;
    throw error;
  }
}
