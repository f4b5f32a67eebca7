import { openProgram, type Runtime } from './program.js';
import { smallestModel } from './smallest-model.js';

/** Starts the runtime with the smallest network there is, so that a device that can not run is found at once. */
export async function probe(runtime: Runtime, executionProviders: readonly string[]): Promise<void> {
  const program = await openProgram(runtime, smallestModel, { executionProviders });
  await program.release();
}
