import { performance } from 'node:perf_hooks';
import type { Pair } from './statistics.js';

/** Something that runs once and waits until its result is on the host. */
export type Task = () => Promise<unknown>;

export interface InterleaveOptions {
  readonly pairs: number;
  /** Runs of each side that are not counted. */
  readonly warmUp: number;
  onPair?(done: number): void;
}

/**
 * Runs the two sides in turn, each pair in the other order than the one before, so that drift, heat and other processes
 * affect both alike.
 */
export async function interleave(
  ours: Task,
  peer: Task,
  { pairs, warmUp, onPair }: InterleaveOptions,
): Promise<Pair[]> {
  for (let run = 0; run < warmUp; run++) {
    await ours();
    await peer();
  }
  const measured: Pair[] = [];
  for (let index = 0; index < pairs; index++) {
    if (index % 2 === 0) {
      const first = await time(ours);
      measured.push({ ours: first, peer: await time(peer) });
    } else {
      const first = await time(peer);
      measured.push({ ours: await time(ours), peer: first });
    }
    onPair?.(index + 1);
  }
  return measured;
}

/** Milliseconds of one run. */
async function time(task: Task): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}
