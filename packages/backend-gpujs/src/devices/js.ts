import type { Backend, BackendOptions, Selection } from '@strata/core';
import { DeviceError } from '@strata/core';
import { defineDevice, ownInstance } from '../define-device.js';
import { loadGpuJs } from '../library/load.js';
import type { DeviceTraits } from '../traits.js';

const traits: DeviceTraits = {
  mode: 'cpu',
  backend: 'cpu',
  executors: ['generic'],
  style: { accumulators: 1, unroll: 49, reads: 16, blocks: true },
  grid: { preferred: ['flat'], x: Number.MAX_SAFE_INTEGER, y: 1, z: 1 },
  exactDivision: true,
};

/** gpu.js' mode `cpu`: plain JavaScript, which it compiles with `new Function`. One thread. */
export async function openJs({ threads = 1 }: BackendOptions, selection: Selection): Promise<Backend> {
  const where = 'gpujs/js';
  if (threads !== 1) {
    throw new DeviceError({ where, got: `${threads} threads`, want: '1', hint: 'mode cpu of gpu.js has one thread' });
  }
  refuseStrictPolicy(where);
  const { GPU } = await loadGpuJs(where);
  return defineDevice({
    device: 'js',
    traits,
    selection,
    report: { software: false, threads: 1 },
    acquire: () => ownInstance(() => new GPU({ mode: traits.mode })),
  });
}

/** Throws `DeviceError` where the page's content security policy forbids compiling source text. */
function refuseStrictPolicy(where: string): void {
  try {
    new Function('return 0')();
  } catch (error) {
    const missing = "'unsafe-eval' in script-src of the page's Content-Security-Policy";
    throw new DeviceError({
      where,
      got: 'a content security policy that forbids compiling JavaScript from text',
      want: missing,
      hint: 'choose device wasm',
      missing,
      cause: error,
    });
  }
}
