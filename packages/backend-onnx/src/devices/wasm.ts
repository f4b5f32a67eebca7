import {
  type Backend,
  type BackendOptions,
  DeviceError,
  defineBackend,
  loadLibrary,
  messageOf,
  type Selection,
  settleThreads,
} from '@strata/core';
import type { Env } from 'onnxruntime-common';
import { countCores, findOwnFiles, findProcessor, findWrongFile, importWasmLibrary } from '#host';
import { filesHint } from '../runtime/files-hint.js';
import { probe } from '../runtime/probe.js';
import { openProgram, type Runtime } from '../runtime/program.js';

const LIBRARY = { where: 'onnx/wasm', library: 'onnxruntime-web', install: 'npm install onnxruntime-web' };

/** Every thread is a worker that starts with the runtime; more than this cost more at start-up than they save. */
const MOST_THREADS_UNASKED = 8;

/**
 * WebAssembly with SIMD and threads through onnxruntime-web. All its sessions in a process share one runtime, so
 * `threads` and `wasmPaths` are settled by whoever opens it first; asking for others is a `DeviceError`.
 */
export async function openWasm({ threads, wasmPaths }: BackendOptions, selection: Selection): Promise<Backend> {
  const [{ env, InferenceSession, Tensor }, { threads: settled, ...lack }] = await Promise.all([
    loadLibrary(LIBRARY, importWasmLibrary),
    settleThreads({ where: 'onnx/wasm', threads, workers: { script: scriptOf(wasmPaths) } }),
  ]);
  const runtime = { InferenceSession, Tensor };
  claimRuntime(env.wasm, { threads: settled, wasmPaths });
  await startRuntime(runtime, placesOf(env.wasm.wasmPaths));
  const started = env.wasm.numThreads ?? 1;
  // Where memory cannot be shared the library falls back to one thread with only a warning.
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
      ...lack,
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

/** The script that the runtime starts its threads from, where that is known before. */
function scriptOf(wasmPaths: BackendOptions['wasmPaths']): string | undefined {
  const given = wasmPaths === undefined ? undefined : toFilePaths(wasmPaths);
  if (typeof given === 'string') return `${given}ort-wasm-simd-threaded.mjs`;
  const place = given?.mjs ?? findOwnFiles()?.mjs;
  return place === undefined ? undefined : String(place);
}

/** Sets the runtime's threads and files, or checks what was set before: the library reads them once, when it starts. */
function claimRuntime(
  flags: Env.WebAssemblyFlags,
  { threads, wasmPaths }: Pick<BackendOptions, 'threads' | 'wasmPaths'>,
): void {
  const own = findOwnFiles();
  const given = wasmPaths === undefined ? undefined : toFilePaths(wasmPaths);
  // Whoever names only the wasm file still needs a script from which threads can start.
  const paths = typeof given === 'object' ? { ...own, ...given } : given;
  const settled = flags.numThreads;
  if (settled === undefined || settled === 0) {
    flags.numThreads = threads ?? Math.min(countCores(), MOST_THREADS_UNASKED);
    const files = paths ?? own;
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
    const told = messageOf(error);
    throw new DeviceError({
      where: 'onnx/wasm',
      got: `onnxruntime-web does not start: ${(await findWrongFile(places)) ?? told}`,
      hint: told.includes('Worker') ? 'restart the process, and ask for threads: 1' : filesHint,
      cause: error,
    });
  } finally {
    if (worker === undefined) Reflect.deleteProperty(globalThis, 'Worker');
    else Object.defineProperty(globalThis, 'Worker', worker);
  }
}

/** The files that are named one by one; the names of those in a folder only the library knows. */
function placesOf(paths: Env.WasmPrefixOrFilePaths | undefined): string[] {
  if (paths === undefined || typeof paths === 'string') return [];
  return [paths.wasm, paths.mjs].flatMap((place) => (place === undefined ? [] : [String(place)]));
}

/** Strata uses the files' real names; the library wants them by role. */
function toFilePaths(paths: NonNullable<BackendOptions['wasmPaths']>): Env.WasmPrefixOrFilePaths {
  if (typeof paths === 'string') return paths;
  const urlOf = (extension: string) => Object.entries(paths).find(([file]) => file.endsWith(extension))?.[1];
  const wasm = urlOf('.wasm');
  const mjs = urlOf('.mjs');
  return { ...(wasm === undefined ? {} : { wasm }), ...(mjs === undefined ? {} : { mjs }) };
}
