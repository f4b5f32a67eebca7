import { type BackendOptions, DeviceError } from '@strata/core';
import type { Env } from 'onnxruntime-common';
import type { Runtime } from './program.js';

/**
 * onnxruntime-web with its GPU providers: one wasm instance in a page or worker, whose calls must not overlap, as they
 * suspend it. So whatever computes there, of any backend, goes through `runAlone`.
 */
export interface Realm extends Runtime {
  readonly version: string;
  runAlone<T>(task: () => Promise<T>): Promise<T>;
}

/** Threads are for the library's CPU provider, which is off. Its being set shows that the library was opened. */
const ONE_THREAD = 1;

// This mirrors the library's own state, which cannot be read: every import gives the same instance.
let last: Promise<unknown> = Promise.resolve();

/** Loads the library. Throws `DeviceError` for `wasmPaths` that it no longer reads. */
export async function openRealm(where: string, { wasmPaths }: BackendOptions): Promise<Realm> {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web/webgpu');
  const paths = wasmPaths === undefined ? undefined : toFilePaths(wasmPaths);
  if (env.wasm.numThreads !== ONE_THREAD) {
    env.wasm.numThreads = ONE_THREAD;
    if (paths !== undefined) env.wasm.wasmPaths = paths;
  } else if (paths !== undefined && JSON.stringify(paths) !== JSON.stringify(env.wasm.wasmPaths)) {
    throw new DeviceError({
      where: `${where}: wasmPaths`,
      got: `${JSON.stringify(paths)}, when onnxruntime-web runs already`,
      want: JSON.stringify(env.wasm.wasmPaths) ?? "the library's own",
      hint: 'it starts once in a page or worker: use another one',
    });
  }
  return {
    InferenceSession,
    Tensor,
    version: env.versions.web ?? env.versions.common,
    runAlone(task) {
      const result = last.then(task);
      last = result.catch(() => {});
      return result;
    },
  };
}

/** Strata uses the files' real names; the library wants them by role. Its GPU providers are in `asyncify`. */
function toFilePaths(paths: NonNullable<BackendOptions['wasmPaths']>): Env.WasmPrefixOrFilePaths {
  if (typeof paths === 'string') return paths;
  const wasm = paths['ort-wasm-simd-threaded.asyncify.wasm'];
  const mjs = paths['ort-wasm-simd-threaded.asyncify.mjs'];
  return { ...(wasm === undefined ? {} : { wasm }), ...(mjs === undefined ? {} : { mjs }) };
}
