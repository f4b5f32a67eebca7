import { createRequire } from 'node:module';
import {
  type Counts,
  countLiveObjects,
  countTensors,
  type GpuClasses,
  glTextures,
  gpuBuffers,
} from '@strata/conformance';
import type { Target } from '@strata/conformance/targets';
import { InputError } from '@strata/core';

/**
 * Counts all that is declared to be countable of a target's library in Node.
 * Call it before the target is opened, for some libraries copy the methods that it watches.
 */
export async function countInNode({ countable }: Pick<Target, 'countable'>): Promise<() => Counts> {
  const counters: (() => Counts)[] = [];
  if (countable.includes('tensors')) counters.push(await countTensors());
  if (countable.includes('buffers')) counters.push(countLiveObjects(gpuBuffers(await dawnClasses())));
  if (countable.includes('textures')) counters.push(countLiveObjects(glTextures(loadGl().WebGLRenderingContext)));
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
