import { GraphError } from '../errors.js';
import { describeNode, type Graph, type Node } from '../graph/graph.js';
import { inferNode } from '../graph/infer.js';
import { verifyGraph } from '../graph/verify.js';
import type { OpAttributes, OpKind } from '../ops/op-table.js';
import type { SymbolicShape } from '../tensor/shape.js';
import type { Value } from './value.js';

/** What a node does, before it has a name and inputs. */
type Step = { [K in OpKind]: { readonly op: K; readonly attributes: OpAttributes[K] } }[OpKind];

/** Where layers write their nodes. A writer of a scope writes into the same graph, all its names behind a prefix. */
export class GraphWriter {
  readonly #nodes: Map<string, { readonly node: Node; readonly shape: SymbolicShape }>;
  readonly #prefix: string;

  constructor(parent?: GraphWriter, scope = '') {
    this.#nodes = parent === undefined ? new Map() : parent.#nodes;
    this.#prefix = parent === undefined ? '' : `${parent.#prefix}${scope}.`;
  }

  /** Adds a node. `GraphError` for a name that is taken or a foreign input, `ShapeError` for inputs that do not fit. */
  add(ownName: string, inputs: readonly Value[], step: Step): Value {
    const name = `${this.#prefix}${ownName}`;
    const node: Node = { name, inputs: inputs.map((input) => input.name), ...step };
    for (const input of inputs) {
      if (this.#nodes.has(input.name)) continue;
      throw new GraphError({
        where: describeNode(node),
        got: `input '${input.name}'`,
        want: 'a value of this builder',
      });
    }
    if (this.#nodes.has(name)) {
      throw new GraphError({
        where: describeNode(node),
        got: 'a name that is taken',
        want: 'unique names',
        hint: 'give each layer its own name, or put it in a scope',
      });
    }
    const shape = inferNode(
      node,
      inputs.map((input) => input.shape),
    );
    this.#nodes.set(name, { node, shape });
    return { name, shape };
  }

  /** A layer of several nodes: all of them, or none when one does not fit. */
  whole(build: () => Value): Value {
    const before = this.#nodes.size;
    try {
      return build();
    } catch (error) {
      for (const name of [...this.#nodes.keys()].slice(before)) this.#nodes.delete(name);
      throw error;
    }
  }

  /** `stem.conv1 (conv2d)`, as messages name the layer `conv1` of this scope. */
  describe(ownName: string, op: OpKind): string {
    return describeNode({ name: `${this.#prefix}${ownName}`, op });
  }

  /** The finished, verified, frozen graph. */
  finish(outputs: readonly Value[]): Graph {
    const graph: Graph = {
      nodes: [...this.#nodes.values()].map(({ node }) => node),
      outputs: outputs.map(({ name }) => name),
    };
    verifyGraph(graph);
    return deepFreeze(graph);
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
