import {
  type Backend,
  type BackendOptions,
  DeviceError,
  describeAdapter,
  refuseOptions,
  type Selection,
} from '@strata/core';
import { findWebgpu } from '#host';
import { defineDevice, ownInstance } from '../define-device.js';
import { loadGpuJs } from '../library/load.js';
import { type HeldDevice, holdDevice, withNavigatorGpu } from '../library/webgpu-context.js';
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
  refuseOptions(where, options, ['gpuDevice', 'powerPreference'], 'gpu.js cannot take it');
  const gpu = await findWebgpu(where);
  const library = await loadGpuJs(where);
  const { GPU: Gpu } = library;
  let held = await holdDevice(where, library, gpu);
  let errors: string[] = [];
  let declareLost: (reason: string) => void = () => {};
  let closing = false;
  let stopListening = () => {};

  function watch({ device }: HeldDevice): void {
    errors = [];
    const heard = errors;
    const listen = ({ error }: GPUUncapturedErrorEvent) => void heard.push(error.message);
    device.addEventListener('uncapturederror', listen);
    // The device may outlive this backend, and must not keep what each one on it heard.
    stopListening = () => device.removeEventListener('uncapturederror', listen);
    device.lost.then(({ reason, message }) => {
      if (!closing) declareLost(message || reason);
    });
  }
  watch(held);

  return defineDevice({
    device: 'webgpu',
    traits,
    selection,
    report: describeAdapter(held.adapter.info),
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
      stopListening();
      await held.release();
    },
  });
}

/** gpu.js only logs what WebGPU reports about its calls: without this check, invalid calls would give zeros. */
function refuseErrors(where: string, errors: string[]): void {
  const [first] = errors.splice(0);
  if (first !== undefined) throw new DeviceError({ where, got: `WebGPU reported: ${first}`, want: 'no error' });
}
