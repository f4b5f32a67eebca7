import { type Backend, type BackendOptions, openBackend } from '@strata/core';
import { devices } from './devices/device-table.browser.js';

/** TensorFlow.js on the device that the options name; by default the first that works. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('tfjs', devices, options);
}
