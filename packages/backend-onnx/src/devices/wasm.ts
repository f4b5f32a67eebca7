import { type Backend, type BackendOptions, DeviceError, defineBackend, messageOf, type Selection } from '@strata/core';
import type { Env } from 'onnxruntime-common';
import { countCores, findOwnFiles, findProcessor, findWrongFile, importWasmLibrary } from '#host';
import { loadLibrary } from '../runtime/load-library.js';
import { probe } from '../runtime/probe.js';
import { openProgram, type Runtime } from '../runtime/program.js';

const LIBRARY = { where: 'onnx/wasm', library: 'onnxruntime-web', install: 'npm install onnxruntime-web' };

/** Every thread is a worker to start with the runtime; beyond this they cost more start-up than they give. */
const MOST_THREADS_UNASKED = 8;

/**
 * WebAssembly with SIMD and threads through onnxruntime-web. All its sessions in a process share one runtime, so
 * `threads` and `wasmPaths` are settled by whoever opens it first; asking for others is a `DeviceError`.
 */
export async function openWasm({ threads, wasmPaths }: BackendOptions, selection: Selection): Promise<Backend> {
  const { env, InferenceSession, Tensor } = await loadLibrary(LIBRARY, importWasmLibrary);
  const runtime = { InferenceSession, Tensor };
  claimRuntime(env.wasm, { threads, wasmPaths });
  await startRuntime(runtime, placesOf(env.wasm.wasmPaths));
  const started = env.wasm.numThreads ?? 1;
  // Where memory can not be shared the library goes down to one thread with no more than a warning.
  if (threads !== undefined && started !== threads) {
    throw new DeviceError({
      where: 'onnx/wasm: threads',
      got: `${threads}, of which ${started} can run here`,
      hint: 'threads need SharedArrayBuffer: in a browser, a page that is cross-origin isolated',
    });
  }
  const adapter = findProcessor();
  return defineBackend({
    report: {
      backend: 'onnx',
      device: 'wasm',
      library: { name: 'onnxruntime-web', version: env.versions.web ?? env.versions.common },
      ...(adapter === undefined ? {} : { adapter }),
      threads: started,
      software: false,
      precision: 'float32',
      convolution: 'direct',
      ...selection,
    },
    gapOf: () => undefined,
    prepare: (model) => openProgram(runtime, model, { executionProviders: ['wasm'] }),
    release: () => {},
    warmUp: true,
    reuseInputs: true,
  });
}

/** Settles the runtime's threads and files, or finds them settled: the library reads them once, when it starts. */
function claimRuntime(
  flags: Env.WebAssemblyFlags,
  { threads, wasmPaths }: Pick<BackendOptions, 'threads' | 'wasmPaths'>,
): void {
  const paths = wasmPaths === undefined ? undefined : toFilePaths(wasmPaths);
  const settled = flags.numThreads;
  if (settled === undefined || settled === 0) {
    flags.numThreads = threads ?? Math.min(countCores(), MOST_THREADS_UNASKED);
    const files = paths ?? findOwnFiles();
    if (files !== undefined) flags.wasmPaths = files;
    return;
  }
  refuseChange('threads', threads, settled);
  refuseChange('wasmPaths', paths, flags.wasmPaths);
}

function refuseChange(option: string, wanted: unknown, settled: unknown): void {
  if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(settled)) return;
  throw new DeviceError({
    where: `onnx/wasm: ${option}`,
    got: `${JSON.stringify(wanted)}, when onnxruntime-web runs already`,
    want: settled === undefined ? "the library's own" : JSON.stringify(settled),
    hint: 'it starts once in a process or worker: use another one',
  });
}

async function startRuntime(runtime: Runtime, places: readonly string[]): Promise<void> {
  // In Node the runtime makes a global Worker of its own to start its threads, and leaves it behind: other libraries
  // (gpu.js) then take the process for a browser.
  const worker = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  try {
    await probe(runtime, ['wasm']);
  } catch (error) {
    throw new DeviceError({
      where: 'onnx/wasm',
      got: `onnxruntime-web does not start: ${(await findWrongFile(places)) ?? messageOf(error)}`,
      hint: 'where its .wasm and .mjs files are elsewhere, say so with wasmPaths',
      cause: error,
    });
  } finally {
    if (worker === undefined) Reflect.deleteProperty(globalThis, 'Worker');
    else Object.defineProperty(globalThis, 'Worker', worker);
  }
}

/** The files that are named one by one; those of a folder have names that only the library knows. */
function placesOf(paths: Env.WasmPrefixOrFilePaths | undefined): string[] {
  if (paths === undefined || typeof paths === 'string') return [];
  return [paths.wasm, paths.mjs].flatMap((place) => (place === undefined ? [] : [String(place)]));
}

/** Strata names files as they are; the library wants to know which is which. */
function toFilePaths(paths: NonNullable<BackendOptions['wasmPaths']>): Env.WasmPrefixOrFilePaths {
  if (typeof paths === 'string') return paths;
  const urlOf = (extension: string) => Object.entries(paths).find(([file]) => file.endsWith(extension))?.[1];
  const wasm = urlOf('.wasm');
  const mjs = urlOf('.mjs');
  return { ...(wasm === undefined ? {} : { wasm }), ...(mjs === undefined ? {} : { mjs }) };
}
