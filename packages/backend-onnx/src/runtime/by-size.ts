import { type Model, nodesOf, type Program, type Tensor } from '@strata/core';

/** The sizes that a model leaves open, by name. */
export type Sizes = Readonly<Record<string, number>>;

/** Programs for as many sets of sizes are kept; each has its own copy of the weights. */
const KEPT = 4;

/** A program of any size for devices whose programs have one: made when its sizes first come, the least recent goes. */
export function openBySize(model: Model, open: (sizes: Sizes) => Promise<Program>): Program {
  const programs = new Map<string, Program>();

  async function programFor(sizes: Sizes): Promise<Program> {
    const key = JSON.stringify(sizes);
    const program = programs.get(key) ?? (await open(sizes));
    programs.delete(key);
    programs.set(key, program);
    const [oldest] = programs;
    if (programs.size > KEPT) {
      programs.delete(oldest[0]);
      await oldest[1].release();
    }
    return program;
  }

  return {
    execute: async (inputs, signal) => (await programFor(sizesOf(model, inputs))).execute(inputs, signal),
    async release() {
      const all = [...programs.values()];
      programs.clear();
      for (const program of all) await program.release();
    },
  };
}

function sizesOf({ graph }: Model, inputs: Readonly<Record<string, Tensor>>): Sizes {
  const sizes: [string, number][] = [];
  for (const { name, attributes } of nodesOf(graph, 'input')) {
    for (const [axis, size] of attributes.shape.entries()) {
      if (typeof size === 'string') sizes.push([size, inputs[name].shape[axis]]);
    }
  }
  return Object.fromEntries(sizes);
}
