import type { Graph } from '../graph/graph.js';
import { GraphWriter } from './graph-writer.js';
import { type LayerCalls, layerTable } from './layer-table.js';
import type { Value } from './value.js';

/**
 * Builds a graph layer by layer. Each call infers shapes at once, so a `ShapeError` points at the line that caused it.
 *
 * A layer named `conv1` has the parameters `conv1.weight` and `conv1.bias`; inside `scope('stem', …)` all names start
 * with `stem.`.
 */
export class LayerBuilder extends bindLayers() {
  readonly #writer: GraphWriter;

  constructor(parent?: LayerBuilder, scope = '') {
    const writer = parent === undefined ? new GraphWriter() : new GraphWriter(parent.#writer, scope);
    super(writer);
    this.#writer = writer;
  }

  /** Layers whose names start with `name.`. Returns what `build` returns. */
  scope<T>(name: string, build: (layers: LayerBuilder) => T): T {
    return build(new LayerBuilder(this, name));
  }

  /** The finished, verified graph that computes `outputs`. Layers that no output needs are kept. */
  build(outputs: readonly Value[]): Graph {
    return this.#writer.finish(outputs);
  }
}

/** A class whose instances have a method for each layer of the table, as the first signature tells the compiler. */
function bindLayers(): new (writer: GraphWriter) => LayerCalls;
function bindLayers(): new (writer: GraphWriter) => object {
  const layers: Readonly<Record<string, (writer: GraphWriter, ...given: never[]) => Value>> = layerTable;
  return class {
    constructor(writer: GraphWriter) {
      for (const [name, layer] of Object.entries(layers)) {
        Object.defineProperty(this, name, { value: layer.bind(undefined, writer) });
      }
    }
  };
}
