import type { Losable } from '@strata/core';
import type { DeviceLoss } from '@strata/trials';
import { watchDevicesOf } from './watch-devices.js';

/** What takes devices of Dawn away in Node; `undefined` where the package webgpu is not there. Call it before a backend opens. */
export async function watchDevices(kind: Losable): Promise<DeviceLoss | undefined> {
  const dawn = await import('webgpu').catch(() => undefined);
  return dawn === undefined ? undefined : watchDevicesOf(dawn.globals, kind, '@strata/conformance/targets');
}
