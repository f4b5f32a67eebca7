import { type Backend, type BackendOptions, type Countable, type Device, DeviceError, messageOf } from '@strata/core';
import { createReferenceBackend } from '@strata/core/reference';
import type { DeviceLoss } from '@strata/trials';

export { backends, type Pace } from './backends.js';
export { watchDevices } from './loss/watch-node.js';

import { listEverywhere, loadBackend, type Pace } from './backends.js';
import { watchDevices } from './loss/watch-node.js';

/** A backend on one of its devices, not yet opened. */
export interface Target {
  readonly backend: string;
  readonly device: Device;
  readonly pace: Pace;
  /** What can be counted of its library, to see that nothing is left behind. */
  readonly countable: readonly Countable[];
  /** Throws `DeviceError` that says why the device is not available. */
  open(options?: Omit<BackendOptions, 'device'>): Promise<Backend>;
  /** What takes its devices away that are opened from then on; absent where nothing can. */
  watchLoss?(): Promise<DeviceLoss | undefined>;
}

/** Where a backend lives: this process, or a page of headless Chromium. */
export type Runtime = 'node' | 'chromium';

/** A target that cannot run on this machine. */
export interface Absent<T> {
  readonly target: T;
  readonly reason: string;
}

/**
 * Every backend of the project with the devices that it may have in Node, and the reference; a library is loaded when
 * its target is opened.
 */
export const targets: readonly Target[] = [
  { backend: 'reference', device: 'js', pace: 'slow', countable: [], open: async () => createReferenceBackend() },
  ...listEverywhere('node').map(
    ({ declaration, device, pace, countable, losable }): Target => ({
      backend: declaration.name,
      device,
      pace,
      countable,
      open: async (options) => (await loadBackend(declaration)).createBackend({ ...options, device }),
      ...(losable === undefined ? {} : { watchLoss: () => watchDevices(losable) }),
    }),
  ),
];

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
 * Opens each target once and closes it again, to tell what this machine has. The reason why a target is absent should
 * be printed:
 * a test that is left out says so.
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
