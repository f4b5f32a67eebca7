import {
  awaited,
  type Backend,
  type BackendOptions,
  DeviceError,
  describeAdapter,
  isMap,
  type Selection,
  unlessLost,
} from '@strata/core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { version_core } from '@tensorflow/tfjs-core';
import { defineDevice } from '../define-device.js';
import type { OpenDevice } from '../open-device.js';
import { withPatches } from '../patches.js';
import { Session } from '../session.js';
import { fullTraits } from '../traits.js';

/** Where WebGPU comes from: the browser, or Dawn in Node. */
export interface WebgpuSource {
  readonly gpu: GPU;
  /** Globals that the library reads and that are not there by themselves. */
  readonly globals: Readonly<Record<string, unknown>>;
}

/** What the library's kernels ask of a device beyond the least that WebGPU grants. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** Device `webgpu` on an adapter of this source, or on the `gpuDevice` that the options bring. */
export async function openWebgpuOn(
  source: WebgpuSource,
  options: BackendOptions,
  selection: Selection,
): Promise<Backend> {
  const own = options.gpuDevice === undefined;
  const gpuDevice = own ? await requestDevice(source, options) : checkDevice(options.gpuDevice);
  const report = {
    device: 'webgpu',
    library: { name: '@tensorflow/tfjs-backend-webgpu', version: version_core },
    ...describeAdapter(gpuDevice.adapterInfo),
    convolution: 'direct',
  } as const;
  const opened = openOnGpu(source, gpuDevice, own);
  if (!own) return defineDevice({ device: opened, report }, selection);
  const reopen = async () => openOnGpu(source, await requestDevice(source, options), true);
  return defineDevice({ device: opened, report, reopen }, selection);
}

async function requestDevice({ gpu }: WebgpuSource, { powerPreference }: BackendOptions): Promise<GPUDevice> {
  const adapter = await awaited(
    'navigator.gpu.requestAdapter()',
    gpu.requestAdapter({ powerPreference: powerPreference ?? 'high-performance' }),
  );
  if (adapter === null) {
    throw new DeviceError({
      where: 'tfjs/webgpu',
      got: 'no WebGPU adapter',
      want: 'a GPU with a driver for Vulkan, Metal or Direct3D 12',
      hint: 'install the driver, and on Linux the Vulkan loader (libvulkan1)',
    });
  }
  const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const device = await awaited("the adapter's requestDevice()", adapter.requestDevice({ requiredLimits }));
  return unlessLost('tfjs/webgpu', device, async () => device);
}

function checkDevice(given: unknown): GPUDevice {
  if (isDevice(given)) return given;
  throw new DeviceError({ where: 'tfjs/webgpu: gpuDevice', got: typeof given, want: 'a GPUDevice' });
}

function isDevice(given: unknown): given is GPUDevice {
  return typeof given === 'object' && given !== null && 'createComputePipeline' in given && 'queue' in given;
}

function openOnGpu({ gpu, globals }: WebgpuSource, device: GPUDevice, own: boolean): OpenDevice {
  // Only while the backend is made does the library ask whether there is WebGPU at all.
  const startUp = Object.keys(globals).length === 0 ? {} : { ...globals, navigator: { gpu } };
  const inScope = (values: Readonly<Record<string, unknown>>) => [{ target: globalThis, values }];
  const lost = device.lost.then(({ reason, message }) => message || reason);
  const { backend, session } = withPatches(inScope(startUp), () => {
    const made = new WebGPUBackend(device, device.adapterInfo);
    const flags = { WEBGPU_CPU_FORWARD: false };
    const traits = { ...fullTraits, uploadsAtOnce: false, maxPoolGivesInfinity: false };
    return {
      backend: made,
      session: new Session({ kernels: 'webgpu', backend: made, patches: inScope(globals), lost, flags, traits }),
    };
  });
  return {
    session,
    trim: () => session.run(() => emptyPool(backend)),
    guard: (work) => withErrorScopes(device, work),
    close() {
      session.close();
      if (own) device.destroy();
    },
  };
}

/** The library keeps every buffer that is freed, by its size, until the device closes: new sizes would fill the GPU. */
function emptyPool(backend: WebGPUBackend): void {
  // What waits to be submitted is not free until then.
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
  const { bufferManager } = backend;
  const free: unknown = Reflect.get(bufferManager, 'freeBuffers');
  const buffers: unknown[] = isMap(free) ? [...free.values()].flat() : [];
  for (const buffer of buffers) {
    if (isGpuBuffer(buffer)) {
      bufferManager.releaseBuffer(bufferManager.acquireBuffer(buffer.size, buffer.usage), false);
    }
  }
}

/** Of any realm, as the device may be a frame's. */
function isGpuBuffer(value: unknown): value is GPUBuffer {
  return typeof value === 'object' && value !== null && 'mapAsync' in value && 'usage' in value;
}

/** The library ignores what WebGPU reports about its calls: without this check, invalid calls would give zeros. */
async function withErrorScopes<T>(device: GPUDevice, work: () => Promise<T>): Promise<T> {
  const filters = ['validation', 'out-of-memory', 'internal'] as const;
  for (const filter of filters) device.pushErrorScope(filter);
  const errors: Promise<GPUError | null>[] = [];
  let result: T;
  try {
    result = await work();
  } finally {
    for (const _ of filters) errors.push(device.popErrorScope());
  }
  const [error] = (await Promise.all(errors)).filter((found) => found !== null);
  if (error === undefined) return result;
  throw new DeviceError({ where: 'tfjs/webgpu', got: `WebGPU reported: ${error.message}`, want: 'no error' });
}
