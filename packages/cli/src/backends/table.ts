import type { Device } from '@strata/core';

/** A backend of ours: the package that it lives in, and the devices that it has somewhere (in Node or in a browser). */
export interface KnownBackend {
  readonly package: string;
  readonly devices: readonly Device[];
}

/** What `--backend` knows by name; anything else is a path or a package. */
export const knownBackends: Readonly<Record<string, KnownBackend>> = {
  onnx: { package: '@strata/backend-onnx', devices: ['cuda', 'webgpu', 'native', 'webnn', 'wasm'] },
  tfjs: { package: '@strata/backend-tfjs', devices: ['cuda', 'webgpu', 'native', 'webgl', 'wasm', 'js'] },
  gpujs: { package: '@strata/backend-gpujs', devices: ['webgpu', 'webgl', 'wasm', 'js'] },
};

export const backendNames: readonly string[] = Object.keys(knownBackends);

/** The backend of that name, if it is one of ours. */
export function findKnownBackend(name: string): KnownBackend | undefined {
  return Object.hasOwn(knownBackends, name) ? knownBackends[name] : undefined;
}

/** What `--backend` is when it is not given. */
export const defaultBackend = 'onnx';
