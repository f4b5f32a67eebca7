import { openProgram, type Runtime } from './program.js';
import { smallestModel } from './smallest-model.js';

/** Starts the runtime with the smallest possible network, so that a device that cannot run is found at once. */
export async function probe(runtime: Runtime, executionProviders: readonly string[]): Promise<void> {
  const program = await openProgram(runtime, smallestModel, { executionProviders });
  await program.release();
}
