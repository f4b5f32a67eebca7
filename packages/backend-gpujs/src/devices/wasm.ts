import { type Backend, type BackendOptions, DeviceError, type Selection } from '@strata/core';
import { countCores } from '#host';
import { loadGpuJs } from '../library/load.js';
import { withConcurrency } from '../library/with-concurrency.js';
import { openDevice, ownInstance } from '../open-device.js';
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
 * need `SharedArrayBuffer`; a plan whose largest kernel has few outputs uses fewer than it may.
 */
export async function openWasm({ threads }: BackendOptions, selection: Selection): Promise<Backend> {
  const where = 'gpujs/wasm';
  if (typeof WebAssembly === 'undefined') {
    throw new DeviceError({ where, got: 'no WebAssembly', hint: 'choose device js' });
  }
  const canShare = typeof SharedArrayBuffer !== 'undefined';
  if (!canShare && threads !== undefined && threads > 1) {
    throw new DeviceError({
      where,
      got: `${threads} threads without SharedArrayBuffer`,
      want: '1 thread, or a page that is cross-origin isolated',
      hint: 'send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
    });
  }
  const used = canShare ? (threads ?? countCores()) : 1;
  const { GPU } = await loadGpuJs(where);
  return openDevice({
    device: 'wasm',
    traits,
    selection,
    report: { software: false, threads: used },
    acquire: () => ownInstance(() => new GPU({ mode: traits.mode })),
    firstCall: (call) => withConcurrency(used, call),
  });
}
