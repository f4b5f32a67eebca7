import type { Backend, Executable } from '@strata/core';
import type { MemoryModel } from './models.js';

/** How much of what a library holds, by name: tensors, buffers … Empty where it can not be asked. */
export type Counts = Readonly<Record<string, number>>;

/** What a library held around a number of steps. Plain data. */
export interface RepeatCounts {
  /** Before the first step. */
  readonly before: Counts;
  /** In the last step, with an executable alive. */
  readonly held: Counts;
  /** After the last step. As before, or something was left behind. */
  readonly after: Counts;
}

/** What is done again and again; calls `whileHeld` when it holds most. */
export type Step = (whileHeld: () => void) => Promise<void>;

/** Compiles, runs and disposes. */
export function cycle(backend: Backend, { graph, weights, inputs }: MemoryModel): Step {
  return async (whileHeld) => {
    const executable = await backend.compile(graph, weights);
    await executable.run(inputs);
    whileHeld();
    await executable.dispose();
  };
}

/** Runs in a step of `rerun`: to collect garbage takes longer than one. */
export const runsInStep = 5;

/** Runs an executable that lives on, five times. */
export function rerun(executable: Executable, { inputs }: MemoryModel): Step {
  return async (whileHeld) => {
    for (let run = 0; run < runsInStep; run++) await executable.run(inputs);
    whileHeld();
  };
}

/** Makes `steps` steps, one after another, with `rest` after each. In Node as on a page. */
export async function repeat(
  step: Step,
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
