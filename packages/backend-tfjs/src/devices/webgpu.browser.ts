import { type Backend, type BackendOptions, openBackend, type Selection } from '@strata/core';
import { openWebgpu } from './webgpu-device.js';

/** The browser's own WebGPU, in a page or a worker. */
export async function open(options: BackendOptions, selection: Selection): Promise<Backend> {
  return openWebgpu({ gpu: navigator.gpu, globals: {} }, options, selection);
}

/** Why the device can not be here, told without loading its library. */
export function ruleOut(): string | undefined {
  return 'gpu' in navigator ? undefined : 'this browser has no WebGPU, or the page is not served by https or localhost';
}

/** The backend on device `webgpu`. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('tfjs', { webgpu: { open, ruleOut } }, { ...options, device: 'webgpu' });
}
