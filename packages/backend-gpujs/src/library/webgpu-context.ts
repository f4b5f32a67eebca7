import { awaited, DeviceError, messageOf, propertyOf, StrataError, unlessLost } from '@strata/core';

/** gpu.js' one WebGPU device for the whole realm. */
interface SharedContext {
  acquire(): Promise<{ readonly adapter: GPUAdapter; readonly device: GPUDevice }>;
  destroy(): Promise<void>;
}

/** The shared device, held until `release`. */
export interface HeldDevice {
  readonly adapter: GPUAdapter;
  readonly device: GPUDevice;
  /** Destroys the device when nobody else uses it. */
  release(): Promise<void>;
}

/**
 * Acquires the device that gpu.js shares, creating it first if there is none. `gpu` is where it comes from;
 * gpu.js looks for it in `navigator`, where it stays only while the library starts to ask.
 */
export async function holdDevice(where: string, library: object, gpu: GPU): Promise<HeldDevice> {
  const context = contextOf(where, library);
  try {
    const acquired = withNavigatorGpu(gpu, () => context.acquire());
    const { adapter, device } = await awaited("WebGPU's requestAdapter() or requestDevice()", acquired);
    await unlessLost(where, device, async () => {});
    holds.set(library, (holds.get(library) ?? 0) + 1);
    return { adapter, device, release: () => letGo(library, context) };
  } catch (error) {
    if (error instanceof StrataError) throw error;
    const told = messageOf(error);
    throw new DeviceError({
      where,
      // The library's own message for this talks about browsers.
      got: told.includes('no adapter') ? 'no WebGPU adapter' : `no WebGPU device (${told})`,
      want: 'a GPU with a driver for Vulkan, Metal or Direct3D 12',
      hint: 'install the driver, and on Linux the Vulkan loader (libvulkan1)',
      cause: error,
    });
  }
}

/** How many backends use the device. The library keeps one for the realm, so the count is the realm's, too. */
const holds = new WeakMap<object, number>();

async function letGo(library: object, context: SharedContext): Promise<void> {
  const left = (holds.get(library) ?? 1) - 1;
  holds.set(library, left);
  if (left === 0) await context.destroy();
}

/** Runs `work`, which must not wait, while `navigator.gpu` is `gpu`. */
export function withNavigatorGpu<T>(gpu: GPU, work: () => T): T {
  const known = typeof navigator !== 'undefined';
  const target: object = known ? navigator : globalThis;
  const key = known ? 'gpu' : 'navigator';
  const own = Object.getOwnPropertyDescriptor(target, key);
  Object.defineProperty(target, key, { value: known ? gpu : { gpu }, configurable: true });
  try {
    return work();
  } finally {
    if (own === undefined) Reflect.deleteProperty(target, key);
    else Object.defineProperty(target, key, own);
  }
}

function contextOf(where: string, library: object): SharedContext {
  const found = propertyOf(library, 'WebGPUContext');
  if (isContext(found)) return found;
  throw new DeviceError({ where, got: 'a gpu.js without WebGPU', want: 'gpu.js 2.24' });
}

function isContext(value: unknown): value is SharedContext {
  return typeof propertyOf(value, 'acquire') === 'function' && typeof propertyOf(value, 'destroy') === 'function';
}
