import { DeviceError, loadLibrary, propertyOf } from '@strata/core';
import { importGpuJs } from '#host';
import type { GpuConstructor } from './gpu.js';

/** What gpu.js exports, as far as Strata uses it by name. */
export interface GpuJs {
  readonly GPU: GpuConstructor;
}

/** Loads gpu.js. In Node the package exports an object, in the browser the constructor with all else on it. */
export async function loadGpuJs(where: string): Promise<GpuJs> {
  const library: unknown = await loadLibrary(
    { where, library: 'gpu.js', install: 'npm install gpu.js@2.24.1' },
    importGpuJs,
  );
  const found = [library, propertyOf(library, 'default')].find(isGpuJs);
  if (found !== undefined) return found;
  throw new DeviceError({ where, got: 'a gpu.js without a GPU class', want: 'gpu.js 2.24' });
}

function isGpuJs(value: unknown): value is GpuJs {
  const found = propertyOf(value, 'GPU');
  return typeof propertyOf(propertyOf(found, 'prototype'), 'createPipeline') === 'function';
}
