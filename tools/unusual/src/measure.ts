import { createBackend } from '@strata/backend-onnx';
import { type Backend, type Tensor, tensor, type Weights } from '@strata/core';
import { buildGoogLeNet, pictureInput, watched, watchGraph } from '@strata/googlenet';
import type { Measured } from './fit.js';

/** Pictures in one run. */
const batch = 64;

/** What the network makes of pictures of one size, prepared in turn. */
export async function measure(
  weights: Weights,
  pictures: Iterable<Promise<Tensor | undefined>>,
  onProgress: (done: number) => void,
): Promise<Measured[]> {
  const backend = await createBackend();
  try {
    return await measureOn(backend, weights, pictures, onProgress);
  } finally {
    await backend.dispose();
  }
}

async function measureOn(
  backend: Backend,
  weights: Weights,
  pictures: Iterable<Promise<Tensor | undefined>>,
  onProgress: (done: number) => void,
): Promise<Measured[]> {
  const executable = await backend.compile(watchGraph(buildGoogLeNet('seed')), weights);
  const measured: Measured[] = [];
  let waiting: Tensor[] = [];
  const flush = async () => {
    if (waiting.length === 0) return;
    const [{ shape, data }] = waiting;
    const values = new Float32Array(waiting.length * data.length);
    for (const [index, one] of waiting.entries()) values.set(one.data, index * data.length);
    const outputs = await executable.run({ [pictureInput]: tensor([waiting.length, ...shape], values) });
    measured.push(
      ...waiting.map((_, row) => ({
        features: rowOf(outputs[watched.features], row),
        means: rowOf(outputs[watched.means], row),
      })),
    );
    waiting = [];
    onProgress(measured.length);
  };
  for await (const picture of pictures) {
    if (picture !== undefined) waiting.push(picture);
    if (waiting.length === batch) await flush();
  }
  await flush();
  await executable.dispose();
  return measured;
}

function rowOf({ data, shape: [, channels] }: Tensor, row: number): Float32Array {
  return Float32Array.from(data.subarray(row * channels, (row + 1) * channels));
}
