import {
  type Backend,
  type BackendOptions,
  DeviceError,
  defineBackend,
  describeAdapter,
  loadLibrary,
  messageOf,
  type Program,
  refuseOptions,
  type Selection,
  StrataError,
  unlessLost,
} from '@strata/core';
import { findWrongFile } from '#host';
import { filesHint } from '../runtime/files-hint.js';
import { openAlone } from '../runtime/open-alone.js';
import { openRealm } from '../runtime/realm.js';
import { smallestModel } from '../runtime/smallest-model.js';
import { requestDevice } from './webgpu-device.js';

const WHERE = 'onnx/webgpu';
const LIBRARY = { where: WHERE, library: 'onnxruntime-web', install: 'npm install onnxruntime-web' };

/** WebGPU in a page or worker through onnxruntime-web, on a device of our own or the caller's. */
export async function openWebgpu(options: BackendOptions, selection: Selection): Promise<Backend> {
  refuseOptions(WHERE, options, ['threads']);
  let device = await requestDevice(options);
  const realm = await loadLibrary(LIBRARY, () => openRealm(WHERE, options));
  const own = options.gpuDevice === undefined;
  let declareLost: (reason: string) => void = () => {};
  let closing = false;
  watch();
  // Only a computation shows that the device works.
  let holder = await openHolder();

  return defineBackend({
    report: {
      backend: 'onnx',
      device: 'webgpu',
      library: { name: 'onnxruntime-web', version: realm.version },
      ...describeAdapter(device.adapterInfo),
      precision: 'float32',
      convolution: 'direct',
      ...selection,
    },
    gapOf: () => undefined,
    prepare: (network) => open(network),
    watchLoss(declare) {
      declareLost = declare;
    },
    // A device that the caller brought must be replaced by the caller.
    ...(own ? { recover } : {}),
    async release() {
      closing = true;
      await holder.release();
      if (own) device.destroy();
    },
    warmUp: true,
    reuseInputs: true,
  });

  function open(network: Parameters<typeof openAlone>[1]): Promise<Program> {
    return openAlone(realm, network, {
      // Channels last gives wrong sums where channels are a multiple of 3 and filters of 4.
      executionProviders: [{ name: 'webgpu', device, preferredLayout: 'NCHW' }],
      // Whatever has no kernel on WebGPU fails the session: without this it would move to the CPU.
      extra: { session: { disable_cpu_ep_fallback: '1' } },
      logSeverityLevel: 4,
    });
  }

  async function openHolder(): Promise<Program> {
    try {
      return await unlessLost(WHERE, device, () => open(smallestModel));
    } catch (error) {
      if (error instanceof StrataError) throw error;
      throw new DeviceError({
        where: WHERE,
        got: `onnxruntime-web does not start: ${(await findWrongFile([])) ?? messageOf(error)}`,
        hint: filesHint,
        cause: error,
      });
    }
  }

  function watch(): void {
    const watched = device;
    watched.lost.then(({ reason, message }) => {
      if (!closing && watched === device) declareLost(message || reason);
    });
  }

  async function recover(): Promise<void> {
    await holder.release();
    device = await requestDevice(options);
    watch();
    holder = await openHolder();
  }
}
