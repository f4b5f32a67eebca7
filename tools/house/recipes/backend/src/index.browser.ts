import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { devices } from './devices/device-table.browser.js';

/** An abacus on the device that `options` name, in a browser. Throws `DeviceError` when that cannot run. */
export function createBackend(options?: BackendOptions): Promise<Backend> {
  return openBackend('abacus', devices, options);
}
