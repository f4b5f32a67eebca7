import { type Backend, type BackendOptions, DeviceError, type Selection } from '@strata/core';
import { findWebgpu } from '#host';
import { loadGpuJs } from '../library/load.js';
import { type HeldDevice, holdDevice, withNavigatorGpu } from '../library/webgpu-context.js';
import { openDevice, ownInstance, refuseOptions } from '../open-device.js';
import { isSoftware } from '../software.js';
import type { DeviceTraits } from '../traits.js';

/** WebGPU's least limit on workgroups along one axis; gpu.js' workgroups are 8 × 8 × 1 threads. */
const WORKGROUPS = 65_535;

const traits: DeviceTraits = {
  mode: 'webgpu',
  backend: 'webgpu',
  executors: ['fused-encoder'],
  style: { accumulators: 1, unroll: 49, reads: 6, blocks: false },
  grid: { preferred: ['cube', 'image'], x: WORKGROUPS * 8, y: WORKGROUPS * 8, z: WORKGROUPS },
  exactDivision: false,
};

/** gpu.js' mode `webgpu`: the whole plan is one command encoder with one readback at its end. */
export async function openWebgpu(options: BackendOptions, selection: Selection): Promise<Backend> {
  const where = 'gpujs/webgpu';
  refuseOptions('webgpu', options, ['gpuDevice', 'powerPreference']);
  const gpu = await findWebgpu(where);
  const library = await loadGpuJs(where);
  const { GPU: Gpu } = library;
  let held = await holdDevice(where, library, gpu);
  let errors: string[] = [];
  let declareLost: (reason: string) => void = () => {};
  let closing = false;

  function watch({ device }: HeldDevice): void {
    errors = [];
    const heard = errors;
    device.addEventListener('uncapturederror', ({ error }) => heard.push(error.message));
    device.lost.then(({ reason, message }) => {
      if (!closing) declareLost(message || reason);
    });
  }
  watch(held);

  const { vendor, architecture, device, description, isFallbackAdapter } = held.adapter.info;
  const adapter = [vendor, architecture, device].filter((part) => part !== '').join(' / ') || 'unnamed';
  return openDevice({
    device: 'webgpu',
    traits,
    selection,
    report: {
      adapter,
      driver: description,
      software: isFallbackAdapter || isSoftware(`${adapter} ${description}`),
    },
    acquire: () => ownInstance(() => withNavigatorGpu(gpu, () => new Gpu({ mode: 'webgpu' }))),
    afterRun: () => refuseErrors(where, errors),
    watchLoss(declare) {
      declareLost = declare;
    },
    async recover() {
      await held.release();
      held = await holdDevice(where, library, gpu);
      watch(held);
    },
    async release() {
      closing = true;
      await held.release();
    },
  });
}

/** gpu.js only logs what WebGPU reports about its calls: without this, wrong ones would give zeros. */
function refuseErrors(where: string, errors: string[]): void {
  const [first] = errors.splice(0);
  if (first !== undefined) throw new DeviceError({ where, got: `WebGPU reported: ${first}`, want: 'no error' });
}
