import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { cureOf, DeviceError, type Lack, messageOf, propertyOf } from '@strata/core';
import type { GpuJs } from '../library/load.js';
import type { GlSource } from './types.js';

/** The version of gpu.js that is installed. */
export function libraryVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('gpu.js/package.json');
  return String(propertyOf(manifest, 'version'));
}

/** CPU cores that wasm threads may use. */
export function countCores(): number {
  return availableParallelism();
}

/** Bun 1.4 brings no messages to threads that listen as workers of a page do, and so do those of gpu.js (2026-11-28). */
export const whyNoThreads = (): Lack | undefined =>
  'bun' in process.versions
    ? { reason: "Bun brings no messages to gpu.js' threads", missing: 'a runtime other than Bun' }
    : undefined;

/**
 * The library, which while it loads takes any runtime with a global `Worker` for a page. Deno and Bun have one, which
 * cannot start the library's threads, and `worker_threads`, which can.
 */
export async function importGpuJs(): Promise<unknown> {
  const worker = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  Reflect.deleteProperty(globalThis, 'Worker');
  try {
    return createRequire(import.meta.url)('gpu.js');
  } finally {
    if (worker !== undefined) Object.defineProperty(globalThis, 'Worker', worker);
  }
}

/** WebGPU in Node: Dawn. */
export async function findWebgpu(where: string): Promise<GPU> {
  try {
    const { create } = await import('webgpu');
    return create([]);
  } catch (error) {
    const cure = cureOf(error, 'npm install webgpu');
    throw new DeviceError({
      where,
      got: 'the package webgpu (Dawn for Node) does not load',
      hint: cure,
      missing: cure,
      cause: error,
    });
  }
}

/** OpenGL in Node: gpu.js' mode `headlessgl`, which needs the package gl and, on Linux, a display. */
export async function openGl(where: string, { GPU }: GpuJs): Promise<GlSource> {
  const gl = loadGl(where);
  if (propertyOf(GPU, 'isHeadlessGLSupported') !== true) {
    throw new DeviceError({
      where,
      got: 'no OpenGL context: the package gl finds no display or no driver',
      hint: 'without a screen run under xvfb-run -a',
    });
  }
  const gpu = new GPU({ mode: 'headlessgl' });
  const context = propertyOf(propertyOf(gpu, 'Kernel'), 'testContext');
  return {
    mode: 'headlessgl',
    gpu,
    adapter: nameRenderer(gl, context),
    driver: ask(propertyOf(context, 'getParameter'), context, VERSION),
    findFault: () => undefined,
    // A context in Node is never lost.
    onLoss: () => {},
  };
}

/** The package gl. gpu.js loads it too, but does not say why it cannot. */
function loadGl(where: string): unknown {
  try {
    return createRequire(import.meta.url)('gl');
  } catch (error) {
    const [reason] = messageOf(error).split('\n');
    const cure = cureOf(error, 'npm install gl; it builds itself from source where no binary can be fetched');
    throw new DeviceError({
      where,
      got: `the package gl does not load (${reason})`,
      hint: cure,
      missing: cure,
      cause: error,
    });
  }
}

/** Parameters that a context can be asked for, by OpenGL's numbers. */
const RENDERER = 0x1f01;
const VERSION = 0x1f02;

/**
 * The renderer's name. Because web pages must not learn it, gl's context answers `ANGLE`; the native class that it
 * extends answers `ANGLE (Mesa/X.org llvmpipe …)`.
 */
function nameRenderer(gl: unknown, context: unknown): string {
  const prototype = propertyOf(propertyOf(gl, 'WebGLRenderingContext'), 'prototype');
  const native: unknown = typeof prototype === 'object' ? Object.getPrototypeOf(prototype) : undefined;
  return ask(propertyOf(native, 'getParameter'), context, RENDERER);
}

function ask(getParameter: unknown, context: unknown, name: number): string {
  return typeof getParameter === 'function' ? String(getParameter.call(context, name)) : 'unnamed';
}
