import { tensor } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { loadGpuJs } from '../src/library/load.js';
import { compilePlan } from '../src/pipeline.js';
import type { Plan } from '../src/plan.js';
import type { DeviceTraits } from '../src/traits.js';

const wasm: DeviceTraits = {
  mode: 'webasm',
  backend: 'webasm',
  executors: ['fused-sync', 'fused-threaded'],
  style: { accumulators: 1, unroll: 9, reads: 6, blocks: false },
  grid: { preferred: ['image'], x: 1e6, y: 1e6, z: 1 },
  exactDivision: false,
};

const x = { shape: [4], from: { kind: 'input', name: 'x' } } as const;

function step(source: string, reads: Plan['steps'][number]['reads']): Plan['steps'][number] {
  return { where: 'test', source, output: [4], constants: {}, reads, rounds: 1 };
}

/** A plan that gpu.js runs as it is asked to. */
const good: Plan = {
  inputs: ['x'],
  steps: [step('function kernel(x) { return x[this.thread.x] + 1.0; }', [x])],
  outputs: new Map([['y', { shape: [4], from: { kind: 'step', step: 0 } }]]),
};

/** A plan whose intermediate has two numbers in each thread, which gpu.js' fused executors quietly decline. */
const declined: Plan = {
  inputs: ['x'],
  steps: [
    step('function kernel(x) { return [x[this.thread.x], 2.0]; }', [x]),
    step('function kernel(y) { return y[this.thread.x][0]; }', [{ shape: [4], from: { kind: 'step', step: 0 } }]),
  ],
  outputs: new Map([['y', { shape: [4], from: { kind: 'step', step: 1 } }]]),
};

async function run(plan: Plan, traits: DeviceTraits, mode: DeviceTraits['mode']) {
  const { GPU } = await loadGpuJs('test');
  const gpu = new GPU({ mode });
  const compiled = compilePlan(plan, {
    where: 'gpujs/test',
    traits,
    threads: false,
    acquire: () => ({ gpu, release: () => gpu.destroy() }),
    afterRun: () => {},
    firstCall: (call) => call(),
  });
  try {
    return await compiled.run({ x: tensor([4], [1, 2, 3, 4]) });
  } finally {
    await compiled.release();
  }
}

describe('a plan that gpu.js degrades', () => {
  it('is distinguished from one that runs as asked', async () => {
    const { y } = await run(good, wasm, 'webasm');
    expect(Array.from(y.data)).toEqual([2, 3, 4, 5]);
  });

  it('is refused with the reason that the library gives', async () => {
    await expect(run(declined, wasm, 'webasm')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: gpujs/test: gpu.js ran the plan on webasm with its generic executor (a step returning Array(2) cannot feed another step in the fused executor), want mode webasm with the fused-sync or fused-threaded executor; choose another device, or report this graph]`,
    );
  });

  it('is refused when it ran in another mode', async () => {
    await expect(run(good, wasm, 'cpu')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: gpujs/test: gpu.js ran the plan on cpu with its generic executor (pipeline backend is cpu; the fused executor requires webasm), want mode webasm with the fused-sync or fused-threaded executor; choose another device, or report this graph]`,
    );
  });
});
