import type { Backend, Executable } from '@strata/core';
import type { MemoryModel } from './models.js';

/** How much a library holds, by name: tensors, buffers … Empty where that cannot be found out. */
export type Counts = Readonly<Record<string, number>>;

/** What a library held around a number of steps. Plain data. */
export interface RepeatCounts {
  /** Before the first step. */
  readonly before: Counts;
  /** In the last step, with an executable alive. */
  readonly held: Counts;
  /** After the last step. The same as before, unless something was left behind. */
  readonly after: Counts;
}

/** What is done again and again; calls `whileHeld` when it holds most. */
export type Repeatable = (whileHeld: () => void) => Promise<void>;

/** Compiles, runs and disposes. */
export function cycle(backend: Backend, { graph, weights, inputs }: MemoryModel): Repeatable {
  return async (whileHeld) => {
    const executable = await backend.compile(graph, weights);
    await executable.run(inputs);
    whileHeld();
    await executable.dispose();
  };
}

/** Runs in a step of `rerun`: collecting garbage takes longer than one. */
export const runsInStep = 5;

/** Runs an executable that stays alive, five times. */
export function rerun(executable: Executable, { inputs }: MemoryModel): Repeatable {
  return async (whileHeld) => {
    for (let run = 0; run < runsInStep; run++) await executable.run(inputs);
    whileHeld();
  };
}

/** Makes `steps` steps, one after another, with `rest` after each. In Node as on a page. */
export async function repeat(
  step: Repeatable,
  steps: number,
  count: () => Counts,
  rest: () => Promise<void> = async () => {},
): Promise<RepeatCounts> {
  const before = count();
  let held = before;
  for (let made = 0; made < steps; made++) {
    await step(() => {
      held = count();
    });
    await rest();
  }
  return { before, held, after: count() };
}
