import type { Backend, BackendOptions, Selection } from '@strata/core';
import { openWebgpuOn } from './webgpu-device.js';

/** The browser's own WebGPU, in a page or a worker. */
export async function openWebgpu(options: BackendOptions, selection: Selection): Promise<Backend> {
  return openWebgpuOn({ gpu: navigator.gpu, globals: {} }, options, selection);
}
