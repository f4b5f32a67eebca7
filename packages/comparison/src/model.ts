import type { Backend, Graph, Tensor, Weights } from '@strata/core';
import { boundsFor, type InterpretOptions } from '@strata/core/reference';

/** A network and what goes into it. */
export interface NetworkRun {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly inputs: Readonly<Record<string, Tensor>>;
}

/** A network with its stages, in graph order. */
export interface NetworkModel extends NetworkRun {
  /** Names of the values to observe. */
  readonly outputs: readonly string[];
}

/** Compiles the network for these values alone, runs it once and frees it. */
export async function runNetwork(
  { graph, weights, inputs }: NetworkRun,
  backend: Backend,
  outputs: readonly string[],
): Promise<Record<string, Tensor>> {
  const executable = await backend.compile(graph, weights, { outputs });
  try {
    return await executable.run(inputs);
  } finally {
    await executable.dispose();
  }
}

/** Largest |got − want| as a share of the largest |want|; infinite for a NaN in one of them. */
export function shareOfLargest(got: ArrayLike<number>, want: ArrayLike<number>): number {
  let miss = 0;
  let largest = 0;
  for (let i = 0; i < want.length; i++) {
    miss = Math.max(miss, Math.abs(got[i] - want[i]));
    largest = Math.max(largest, Math.abs(want[i]));
  }
  if (miss === 0) return 0;
  return Number.isNaN(miss) ? Number.POSITIVE_INFINITY : miss / largest;
}

/** The bounds that hold for what a backend computes from the picture on: worst cases of every layer would allow anything. */
export function boundsForWholeWay(backend: Backend): Omit<InterpretOptions, 'outputs' | 'observed'> {
  return { ...boundsFor(backend, false), propagation: 'independent' };
}
