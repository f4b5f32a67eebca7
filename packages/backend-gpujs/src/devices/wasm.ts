import { type Backend, type BackendOptions, type Selection, settleThreads } from '@strata/core';
import { countCores, whyNoThreads } from '#host';
import { defineDevice, ownInstance } from '../define-device.js';
import { loadGpuJs } from '../library/load.js';
import { withConcurrency } from '../library/with-concurrency.js';
import type { DeviceTraits } from '../traits.js';

const traits: DeviceTraits = {
  mode: 'webasm',
  backend: 'webasm',
  executors: ['fused-sync', 'fused-threaded'],
  style: { accumulators: 9, unroll: 49, reads: 16, blocks: false },
  grid: { preferred: ['image', 'cube'], x: 2 ** 30, y: 2 ** 30, z: 2 ** 30 },
  exactDivision: false,
};

/**
 * gpu.js' mode `webasm`: it writes WebAssembly with 4-wide vectors, and worker threads walk the whole plan. Threads
 * need `SharedArrayBuffer`; a plan whose largest kernel has few outputs uses fewer than it is allowed.
 */
export async function openWasm({ threads }: BackendOptions, selection: Selection): Promise<Backend> {
  const where = 'gpujs/wasm';
  const [{ GPU }, { threads: used = countCores(), ...lack }] = await Promise.all([
    loadGpuJs(where),
    settleThreads({ where, threads, workers: 'text', lack: whyNoThreads() }),
  ]);
  return defineDevice({
    device: 'wasm',
    traits,
    selection,
    report: { software: false, threads: used, ...lack },
    acquire: () => ownInstance(() => new GPU({ mode: traits.mode })),
    firstCall: (call) => withConcurrency(used, call),
  });
}
