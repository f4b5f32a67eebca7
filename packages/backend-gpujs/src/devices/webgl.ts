import {
  type Backend,
  type BackendOptions,
  DeviceError,
  isSoftware,
  refuseOptions,
  type Selection,
} from '@strata/core';
import { openGl } from '#host';
import { defineDevice } from '../define-device.js';
import { loadGpuJs } from '../library/load.js';
import type { DeviceTraits } from '../traits.js';

const traits: Omit<DeviceTraits, 'mode'> = {
  // What gpu.js calls all its OpenGL modes.
  backend: 'gpu',
  executors: ['generic'],
  // WebGL 2 grants 16 textures to a kernel.
  style: { accumulators: 1, unroll: 49, reads: 12, blocks: false },
  // The library spreads any output over a texture; what limits is how it finds a thread's place, in floats.
  grid: { preferred: ['cube'], x: 2 ** 22, y: 2 ** 22, z: 2 ** 22 },
  exactDivision: false,
};

/** gpu.js' modes `webgl2` in the browser and `headlessgl` in Node: one context, and one shader for each kernel. */
export async function openWebgl(options: BackendOptions, selection: Selection): Promise<Backend> {
  const where = 'gpujs/webgl';
  refuseOptions(where, options, ['gpuDevice', 'powerPreference'], 'gpu.js cannot take it');
  const library = await loadGpuJs(where);
  let source = await openGl(where, library);
  let closing = false;
  let declareLost: (reason: string) => void = () => {};
  const watch = () =>
    source.onLoss((reason) => {
      if (!closing) declareLost(reason);
    });
  watch();
  return defineDevice({
    device: 'webgl',
    traits: { ...traits, mode: source.mode },
    selection,
    report: {
      adapter: source.adapter,
      driver: source.driver,
      software: isSoftware(source.adapter),
    },
    acquire: () => ({ gpu: source.gpu, release: async () => {} }),
    afterRun() {
      const fault = source.findFault();
      if (fault !== undefined) throw new DeviceError({ where, got: fault, hint: 'run again, or smaller' });
    },
    watchLoss(declare) {
      declareLost = declare;
    },
    async recover() {
      source = await openGl(where, library);
      watch();
    },
    async release() {
      closing = true;
      await source.gpu.destroy();
    },
  });
}
