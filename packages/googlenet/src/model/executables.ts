import { type Backend, DisposedError, type Executable, type Graph, type Weights } from '@strata/core';

/** How many sets of outputs stay compiled besides the network's own. */
const mostCached = 4;

interface Entry {
  readonly executable: Promise<Executable>;
  users: number;
}

/** One network compiled for each set of outputs that is asked for; idle ones are disposed when there are too many. */
export class Executables {
  readonly #model: { readonly backend: Backend; readonly graph: Graph; readonly weights: Weights };
  readonly #main: Executable;
  /** By names, the least recently used first. */
  readonly #others = new Map<string, Entry>();
  #disposal: Promise<void> | undefined;

  constructor(model: { backend: Backend; graph: Graph; weights: Weights }, main: Executable) {
    this.#model = model;
    this.#main = main;
  }

  /** Calls `work` with the executable for these outputs. `GraphError` for a name that the graph does not have. */
  async use<T>(
    outputs: readonly string[],
    work: (executable: Executable) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    if (this.#disposal !== undefined) {
      throw new DisposedError({ where: 'GoogLeNet', got: 'a call after dispose()', want: 'a live network' });
    }
    signal?.throwIfAborted();
    const names = [...new Set(outputs)];
    const key = keyOf(names);
    if (key === keyOf(this.#model.graph.outputs)) return work(this.#main);
    const entry = this.#find(key, names);
    entry.users++;
    try {
      return await work(await entry.executable);
    } finally {
      entry.users--;
      await this.#trim();
    }
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#disposeAll();
    return this.#disposal;
  }

  #find(key: string, outputs: readonly string[]): Entry {
    const { backend, graph, weights } = this.#model;
    // Not with the caller's signal: another caller may wait for the same compilation.
    const entry = this.#others.get(key) ?? { executable: backend.compile(graph, weights, { outputs }), users: 0 };
    this.#others.delete(key);
    this.#others.set(key, entry);
    entry.executable.catch(() => {
      if (this.#others.get(key) === entry) this.#others.delete(key);
    });
    return entry;
  }

  async #trim(): Promise<void> {
    for (const [key, { executable, users }] of this.#others) {
      if (this.#others.size <= mostCached) return;
      if (users > 0) continue;
      this.#others.delete(key);
      await (await executable).dispose();
    }
  }

  async #disposeAll(): Promise<void> {
    const others = [...this.#others.values()];
    this.#others.clear();
    const settled = await Promise.allSettled(others.map(({ executable }) => executable));
    const compiled = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    await Promise.all([this.#main, ...compiled].map((executable) => executable.dispose()));
  }
}

/** The same for the same names in any order. */
function keyOf(names: readonly string[]): string {
  return JSON.stringify(names.toSorted());
}
