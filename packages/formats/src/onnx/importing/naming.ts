import { freshName, type Graph, type Node, nodesOf, sameShape, type Tensor, type Weights } from '@strata/core';

/** How layers are called while a network is built, and what the file calls them. */
export class Naming {
  readonly #sorted: readonly string[];
  readonly #taken: Set<string>;
  /** The file's name of each value, by the layer's. */
  readonly #ofValues = new Map<string, string>();

  /** For a file whose inputs and nodes have values of these names. */
  constructor(values: readonly string[]) {
    this.#sorted = [...values].sort();
    this.#taken = new Set(values);
  }

  /**
   * What the layer of a value is called: as the value, unless another value has a name that its parameters may get,
   * `NAME.weight`.
   */
  layerOf(value: string): string {
    const layer = this.#hasBelow(`${value}.`) ? freshName(`${value}'`, this.#taken) : value;
    this.#ofValues.set(layer, value);
    return layer;
  }

  /** What the parameter of a constant that a layer reads as a value is called. */
  parameterOf(constant: string): string {
    return freshName(`${constant}:constant`, this.#taken);
  }

  /**
   * The network under the file's names: values have theirs, and so have parameters that are constants of the file,
   * taken unchanged; `origins` tells them. Several parameters that are the same constant become one.
   */
  restore(graph: Graph, weights: ReadonlyMap<string, Tensor>, origins: ReadonlyMap<Tensor, string>): Restored {
    const names = new Map(this.#ofValues);
    const rename = (name: string) => names.get(name) ?? name;
    const parameters = nodesOf(graph, 'parameter');
    const computed = new Set(graph.nodes.filter(({ op }) => op !== 'parameter').map(({ name }) => rename(name)));
    const others: string[] = [];
    for (const { name, attributes } of parameters) {
      const weight = weights.get(name);
      const origin = weight && sameShape(weight.shape, attributes.shape) ? origins.get(weight) : undefined;
      if (origin === undefined || computed.has(origin)) others.push(name);
      else names.set(name, origin);
    }
    const taken = new Set([...computed, ...names.values()]);
    for (const name of others) names.set(name, freshName(name, taken));
    const nodes = new Map<string, Node>();
    for (const node of graph.nodes) {
      const name = rename(node.name);
      if (!nodes.has(name)) nodes.set(name, { ...node, name, inputs: node.inputs.map(rename) });
    }
    const renamed = parameters.flatMap(({ name }) => {
      const weight = weights.get(name);
      return weight === undefined ? [] : [[rename(name), weight] as const];
    });
    return {
      graph: { nodes: [...nodes.values()], outputs: graph.outputs.map(rename) },
      weights: Object.fromEntries(renamed),
    };
  }

  /** Whether a value's name begins so. */
  #hasBelow(start: string): boolean {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#sorted[middle] < start) low = middle + 1;
      else high = middle;
    }
    return low < this.#sorted.length && this.#sorted[low].startsWith(start);
  }
}

/** A network under the names of its file. */
export interface Restored {
  readonly graph: Graph;
  readonly weights: Weights;
}
