import { DeviceError, messageOf } from '@strata/core';
import type { GpuConstructor } from './gpu.js';

/** What gpu.js exports, as far as Strata uses it by name. */
export interface GpuJs {
  readonly GPU: GpuConstructor;
}

/** Loads gpu.js. In Node the package exports an object, in the browser the constructor with all else on it. */
export async function loadGpuJs(where: string): Promise<GpuJs> {
  const library: unknown = await importLibrary(where);
  const found = [library, propertyOf(library, 'default')].find(isGpuJs);
  if (found !== undefined) return found;
  throw new DeviceError({ where, got: 'a gpu.js without a GPU class', want: 'gpu.js 2.24' });
}

async function importLibrary(where: string): Promise<unknown> {
  try {
    return await import('gpu.js');
  } catch (error) {
    throw new DeviceError({
      where,
      got: `gpu.js does not load (${messageOf(error)})`,
      hint: 'npm install gpu.js@2.24.1',
      cause: error,
    });
  }
}

/** A property of anything; undefined where there is none. */
export function propertyOf(value: unknown, key: string): unknown {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined;
  return Reflect.get(value, key);
}

function isGpuJs(value: unknown): value is GpuJs {
  const found = propertyOf(value, 'GPU');
  return typeof propertyOf(propertyOf(found, 'prototype'), 'createPipeline') === 'function';
}
