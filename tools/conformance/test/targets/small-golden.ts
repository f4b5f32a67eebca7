import { createReferenceBackend } from '@strata/core/reference';
import { goldenModel } from '../../src/golden/check-golden.js';
import type { Golden } from '../../src/golden/golden.js';
import { loadGolden } from '../../src/golden/load.js';

/** Samples of a stage, spread over it. */
const samples = 64;

/**
 * As a golden file, but small enough for GPUs in software: weights and a picture 48×40 by the goldens' formula, values
 * from the float64 reference, which the goldens of PyTorch hold in conformance's tests.
 */
export function smallGolden(): Promise<Golden> {
  made ??= makeSmallGolden();
  return made;
}

/** The reference takes seconds. */
let made: Promise<Golden> | undefined;

async function makeSmallGolden(): Promise<Golden> {
  const big = await loadGolden('seed-224');
  const golden = { ...big, seed: 7, input: [1, 1, 48, 40] };
  const { graph, weights, inputs, outputs } = goldenModel(golden);
  const backend = createReferenceBackend();
  const executable = await backend.compile(graph, weights, { outputs });
  const values = await executable.run(inputs);
  await backend.dispose();
  const blocks = outputs.map((name) => {
    const { shape } = values[name];
    const data = [...values[name].data];
    const step = Math.max(1, Math.floor(data.length / samples));
    const index = [...data.keys()].filter((position) => position % step === 0);
    return {
      name,
      shape,
      mean: data.reduce((sum, value) => sum + value, 0) / data.length,
      absmax: data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0),
      index,
      value: index.map((position) => data[position]),
    };
  });
  return { ...golden, blocks };
}
