import { createRequire } from 'node:module';
import { InputError } from '@strata/core';
import type { Target } from '../targets.js';
import { countLiveObjects, type GpuClasses, glTextures, gpuBuffers } from './live-objects.js';
import type { Counts } from './repeat.js';
import { countTensors } from './tensors.js';

/**
 * Counts all that can be counted of a target's library in Node; nothing of ONNX Runtime, whose WebGPU is native there.
 * Call it before the target is opened, for some libraries copy the methods that it watches.
 */
export async function countInNode({ backend, device }: Pick<Target, 'backend' | 'device'>): Promise<() => Counts> {
  const counters: (() => Counts)[] = [];
  if (backend === 'tfjs') counters.push(await countTensors());
  if (backend !== 'onnx' && device === 'webgpu') counters.push(countLiveObjects(gpuBuffers(await dawnClasses())));
  if (backend === 'gpujs' && device === 'webgl')
    counters.push(countLiveObjects(glTextures(loadGl().WebGLRenderingContext)));
  return () => Object.fromEntries(counters.flatMap((count) => Object.entries(count())));
}

/** Dawn's classes. The package's types do not name them. */
async function dawnClasses(): Promise<GpuClasses> {
  const { globals } = await import('webgpu');
  if (hasGpuClasses(globals)) return globals;
  throw new InputError({ where: 'memory', got: 'a package webgpu without GPUDevice', want: 'webgpu 0.6' });
}

function hasGpuClasses(globals: object): globals is GpuClasses {
  return 'GPUDevice' in globals && 'GPUBuffer' in globals;
}

function loadGl(): { readonly WebGLRenderingContext: { readonly prototype: object } } {
  return createRequire(import.meta.url)('gl');
}
