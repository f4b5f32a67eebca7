import { type Backend, type BackendOptions, type Device, DeviceError, messageOf } from '@strata/core';
import { createReferenceBackend } from '@strata/core/reference';

/** A backend on one of its devices, not yet opened. */
export interface Target {
  readonly backend: string;
  readonly device: Device;
  /** Whether whole networks and many trials are quick enough to be part of every test run. */
  readonly fast: boolean;
  /** Throws `DeviceError` that says why the device is not here. */
  open(options?: Omit<BackendOptions, 'device'>): Promise<Backend>;
}

/** Where a backend lives: this process, or a page of headless Chromium. */
export type Runtime = 'node' | 'chromium';

/** A target that can not run on this machine. */
export interface Absent<T> {
  readonly target: T;
  readonly reason: string;
}

type CreateBackend = (options?: BackendOptions) => Promise<Backend>;

/** Every backend of the project with the devices that it may have in Node; a library is loaded when its target is opened. */
export const targets: readonly Target[] = [
  { backend: 'reference', device: 'js', fast: false, open: async () => createReferenceBackend() },
  ...devicesOf('onnx', async () => (await import('@strata/backend-onnx')).createBackend, {
    fast: ['native', 'wasm'],
    slow: ['webgpu'],
  }),
  ...devicesOf('tfjs', async () => (await import('@strata/backend-tfjs')).createBackend, {
    fast: ['native', 'wasm', 'js'],
    slow: ['webgpu'],
  }),
  ...devicesOf('gpujs', async () => (await import('@strata/backend-gpujs')).createBackend, {
    fast: ['wasm', 'js'],
    // In Node both need more than npm brings: a Vulkan driver, and the package gl with a display.
    slow: ['webgpu', 'webgl'],
  }),
];

function devicesOf(
  backend: string,
  load: () => Promise<CreateBackend>,
  { fast, slow }: { readonly fast: readonly Device[]; readonly slow: readonly Device[] },
): Target[] {
  return [...fast, ...slow].map((device) => ({
    backend,
    device,
    fast: fast.includes(device),
    open: async (options) => (await load())({ ...options, device }),
  }));
}

/** `onnx/wasm`, as messages and tests name targets; `onnx/wasm in chromium` outside Node. */
export function nameTarget({
  backend,
  device,
  runtime = 'node',
}: {
  readonly backend: string;
  readonly device: Device;
  readonly runtime?: Runtime;
}): string {
  return runtime === 'node' ? `${backend}/${device}` : `${backend}/${device} in ${runtime}`;
}

/**
 * Opens each target once and closes it again, to tell what this machine has. Why a target is absent belongs in print:
 * whoever leaves one out says so.
 */
export async function probeTargets<T extends { open(): Promise<{ dispose(): Promise<void> }> }>(
  candidates: readonly T[],
): Promise<{ present: T[]; absent: Absent<T>[] }> {
  const present: T[] = [];
  const absent: Absent<T>[] = [];
  for (const target of candidates) {
    try {
      await (await target.open()).dispose();
      present.push(target);
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      absent.push({ target, reason: messageOf(error) });
    }
  }
  return { present, absent };
}
