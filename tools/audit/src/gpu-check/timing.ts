import { type Backend, type Graph, messageOf, type Tensor, type Weights } from '@strata/core';
import type { Effort } from './effort.js';
import type { Timing } from './result.js';

/** A network, and a picture for it [1, channels, height, width] under its input's name. */
export interface TimedModel {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly input: string;
  readonly picture: Tensor;
}

/** Times a network at several batch sizes, each with an executable of its own. */
export async function timeNetwork(
  backend: Backend,
  model: TimedModel,
  { batches, runs }: Pick<Effort, 'batches' | 'runs'>,
): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const batch of batches) timings.push(await timeBatch(backend, model, batch, runs));
  return timings;
}

async function timeBatch(
  backend: Backend,
  { graph, weights, input, picture }: TimedModel,
  batch: number,
  runs: number,
): Promise<Timing> {
  const inputs = { [input]: repeat(picture, batch) };
  const start = performance.now();
  const executable = await backend.compile(graph, weights);
  const compileMs = performance.now() - start;
  try {
    const firstRunMs = await timeOnce(() => executable.run(inputs));
    const times: number[] = [];
    for (let run = 0; run < runs; run++) times.push(await timeOnce(() => executable.run(inputs)));
    times.sort((a, b) => a - b);
    return {
      batch,
      compileMs,
      firstRunMs,
      medianMs: median(times),
      lowestMs: times[0],
      highestMs: times[times.length - 1],
      runs,
    };
  } catch (error) {
    throw new Error(`batch ${batch}: ${messageOf(error)}`, { cause: error });
  } finally {
    await executable.dispose();
  }
}

async function timeOnce(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The picture `batch` times over. */
function repeat({ shape: [, ...rest], data }: Tensor, batch: number): Tensor {
  const all = new Float32Array(batch * data.length);
  for (let i = 0; i < batch; i++) all.set(Float32Array.from(data), i * data.length);
  return { shape: [batch, ...rest], dtype: 'float32', data: all };
}

/** The middle of numbers in order; the mean of the two middle ones for an even count. */
export function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return sorted.length % 2 === 0 ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[Math.floor(middle)];
}
