import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { DeviceError, messageOf } from '@strata/core';
import { type GpuJs, propertyOf } from '../library/load.js';
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

/** WebGPU in Node: Dawn. */
export async function findWebgpu(where: string): Promise<GPU> {
  try {
    const { create } = await import('webgpu');
    return create([]);
  } catch (error) {
    throw new DeviceError({
      where,
      got: 'the package webgpu (Dawn for Node) does not load',
      hint: 'npm install webgpu',
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
    // A context in Node is never taken away.
    onLoss: () => {},
  };
}

/** The package gl. gpu.js loads it, too, and keeps to itself why it can not. */
function loadGl(where: string): unknown {
  try {
    return createRequire(import.meta.url)('gl');
  } catch (error) {
    const [reason] = messageOf(error).split('\n');
    throw new DeviceError({
      where,
      got: `the package gl does not load (${reason})`,
      hint: 'npm install gl; it builds itself from source where no binary can be fetched',
      cause: error,
    });
  }
}

/** What a context can be asked, in OpenGL's numbering. */
const RENDERER = 0x1f01;
const VERSION = 0x1f02;

/**
 * The renderer's name. As pages must not learn it, gl's context answers `ANGLE`; the native class that it extends
 * answers `ANGLE (Mesa/X.org llvmpipe …)`.
 */
function nameRenderer(gl: unknown, context: unknown): string {
  const prototype = propertyOf(propertyOf(gl, 'WebGLRenderingContext'), 'prototype');
  const native: unknown = typeof prototype === 'object' ? Object.getPrototypeOf(prototype) : undefined;
  return ask(propertyOf(native, 'getParameter'), context, RENDERER);
}

function ask(getParameter: unknown, context: unknown, name: number): string {
  return typeof getParameter === 'function' ? String(getParameter.call(context, name)) : 'unnamed';
}
