import { GraphError } from '../errors.js';
import type { OpAttributes, OpKind } from '../ops/op-table.js';

/** One step of a network, of kind `K`. Plain data. */
export type NodeOf<K extends OpKind> = {
  [P in K]: {
    /** Unique in its graph; dots separate scopes. It also names the node's value. */
    readonly name: string;
    readonly op: P;
    /** Names of earlier nodes. */
    readonly inputs: readonly string[];
    readonly attributes: OpAttributes[P];
  };
}[K];

/** A node of any op. */
export type Node = NodeOf<OpKind>;

/** A network: nodes in an order in which every node follows its inputs. Immutable plain data. */
export interface Graph {
  readonly nodes: readonly Node[];
  /** Names of the nodes whose values `run` returns. */
  readonly outputs: readonly string[];
}

/** `inception3a.branch2.conv (conv2d)`, as messages name nodes. */
export function describeNode({ name, op }: Pick<Node, 'name' | 'op'>): string {
  return `${name} (${op})`;
}

/** All nodes by name. */
export function indexNodes({ nodes }: Graph): ReadonlyMap<string, Node> {
  return new Map(nodes.map((node) => [node.name, node]));
}

/** The node of that name. If there is none, the `GraphError` lists similar names. */
export function findNode(graph: Graph, name: string): Node {
  const found = graph.nodes.find((node) => node.name === name);
  if (found !== undefined) return found;
  throw new GraphError({
    where: `output '${name}'`,
    got: 'no node of that name',
    want: `one of ${suggest(graph, name).join(', ')}`,
  });
}

function suggest(graph: Graph, name: string): string[] {
  const computed = graph.nodes.filter(({ op }) => op !== 'parameter').map((node) => node.name);
  const alike = computed.filter((candidate) => candidate.includes(name) || name.includes(candidate));
  const stages = computed.filter((candidate) => !candidate.includes('.'));
  const offered = alike.length > 0 ? alike : stages.length > 0 ? stages : computed;
  return offered.length > 30 ? [...offered.slice(0, 30), '…'] : offered;
}

/** The nodes of one kind, in graph order. */
export function nodesOf<K extends OpKind>({ nodes }: Graph, kind: K): NodeOf<K>[] {
  return nodes.filter((node): node is Extract<Node, NodeOf<K>> => node.op === kind);
}
