import { DeviceError, type Lack } from '@strata/core';
import manifest from 'gpu.js/package.json' with { type: 'json' };
import type { GpuJs } from '../library/load.js';
import type { GlSource } from './types.js';

/** The version of gpu.js that the page was built with. */
export function libraryVersion(): string {
  return manifest.version;
}

/** CPU cores that wasm threads may use. */
export function countCores(): number {
  return navigator.hardwareConcurrency;
}

/** Pages are tried: see `settleThreads`. */
export const whyNoThreads = (): Lack | undefined => undefined;

export const importGpuJs = (): Promise<unknown> => import('gpu.js');

export async function findWebgpu(where: string): Promise<GPU> {
  if (typeof navigator !== 'undefined' && navigator.gpu !== undefined) return navigator.gpu;
  throw new DeviceError({
    where,
    got: 'no WebGPU in this browser or page',
    want: 'a browser that has it, and a page from https or localhost',
  });
}

/** A WebGL 2 context of our own that can render to floats. */
export async function openGl(where: string, { GPU }: GpuJs): Promise<GlSource> {
  const canvas = createCanvas(where);
  const context = canvas.getContext('webgl2');
  const lost = context?.isContextLost() === true;
  if (context === null || lost || context.getExtension('EXT_color_buffer_float') === null) {
    const why = lost ? 'a WebGL 2 context that is lost' : 'a WebGL 2 that cannot render to float textures';
    throw new DeviceError({
      where,
      got: context === null ? 'no WebGL 2 context' : why,
      want: 'WebGL 2 with EXT_color_buffer_float',
    });
  }
  const names = context.getExtension('WEBGL_debug_renderer_info');
  return {
    mode: 'webgl2',
    gpu: new GPU({ mode: 'webgl2', canvas, context }),
    adapter: String(context.getParameter(names === null ? context.RENDERER : names.UNMASKED_RENDERER_WEBGL)),
    driver: String(context.getParameter(context.VERSION)),
    findFault() {
      if (context.isContextLost()) return 'the WebGL context was lost';
      return context.getError() === context.OUT_OF_MEMORY ? 'WebGL is out of memory' : undefined;
    },
    onLoss: (lost) => canvas.addEventListener('webglcontextlost', () => lost('the WebGL context was lost')),
  };
}

function createCanvas(where: string): HTMLCanvasElement | OffscreenCanvas {
  if (typeof document !== 'undefined') return document.createElement('canvas');
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(1, 1);
  throw new DeviceError({ where, got: 'no canvas in this worker', want: 'OffscreenCanvas' });
}
