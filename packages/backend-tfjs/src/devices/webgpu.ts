import type { Backend, BackendOptions, Selection } from '@strata/core';
import { openWebgpuOn } from './webgpu-device.js';

/** WebGPU in Node, on Dawn. */
export async function openWebgpu(options: BackendOptions, selection: Selection): Promise<Backend> {
  const source = await import('./dawn.js');
  return openWebgpuOn(source, options, selection);
}
