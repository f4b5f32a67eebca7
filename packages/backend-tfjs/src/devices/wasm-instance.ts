import { DeviceError } from '@strata/core';
import { identify } from '@strata/formats/identify';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, findBackendFactory, KernelBackend } from '@tensorflow/tfjs-core';
import { type Patch, whilePatched } from '../patches.js';
import { SerialOpening } from './serial-opening.js';

/** The library's three builds. */
export type WasmFile =
  | 'tfjs-backend-wasm.wasm'
  | 'tfjs-backend-wasm-simd.wasm'
  | 'tfjs-backend-wasm-threaded-simd.wasm';

export interface WasmRequest {
  /** Path or URL of the build that `chooseFile` named. */
  readonly location: string;
  /** Its contents where it was fetched already, as pages do. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** Threads to start; the library's choice when absent: half the cores, at most 4. */
  readonly threads?: number;
  /** Text of the library's threaded script, for its workers; needed in a browser with threads. */
  readonly workerScript?: string;
  /** What would bring more threads; for the report. */
  readonly threadsMissing?: string;
}

/** A wasm module of its own memory. */
export interface WasmInstance {
  readonly backend: KernelBackend;
  /** Threads that it really has. */
  readonly threads: number;
}

/** The library takes paths and thread counts through variables of its module, so instances are opened one by one. */
const openings = new SerialOpening();

/** The build that the library would load here; the one without threads when one thread is wanted. */
export async function chooseFile(threads: number | undefined): Promise<WasmFile> {
  const [simd, multi] = await Promise.all([
    env().getAsync('WASM_HAS_SIMD_SUPPORT'),
    env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'),
  ]);
  if (simd !== true) return 'tfjs-backend-wasm.wasm';
  return multi === true && threads !== 1 ? 'tfjs-backend-wasm-threaded-simd.wasm' : 'tfjs-backend-wasm-simd.wasm';
}

/** A new instance of the library's wasm module. */
export function createWasm(request: WasmRequest): Promise<WasmInstance> {
  const { location, threads } = request;
  return openings.run(async () => {
    const multi = env().get('WASM_HAS_MULTITHREAD_SUPPORT');
    setWasmPaths({
      'tfjs-backend-wasm.wasm': location,
      'tfjs-backend-wasm-simd.wasm': location,
      'tfjs-backend-wasm-threaded-simd.wasm': location,
    });
    setThreadsCount(threads ?? -1);
    if (threads === 1) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    try {
      const backend = await whilePatched([...threadPatches(request), ...filePatches(request)], async () =>
        findBackendFactory('wasm')(),
      );
      if (!(backend instanceof KernelBackend)) throw new Error('no kernel backend from the library');
      const started = multi === true && threads !== 1 ? getThreadsCount() : 1;
      if (threads === undefined || started === threads) return { backend, threads: started };
      backend.dispose();
      throw new Error(`it has ${started} threads of the ${threads} asked for`);
    } catch (error) {
      throw new DeviceError({
        where: 'tfjs/wasm',
        got: `${location} does not start: ${describe(error)}`,
        cause: error,
      });
    } finally {
      env().set('WASM_HAS_MULTITHREAD_SUPPORT', multi);
      setThreadsCount(-1);
    }
  });
}

/**
 * What would prevent threads, worked around while an instance is made. The library gives its workers the text of a
 * function of its own, which lacks a variable around it that a minifier has renamed, so they would never start: its
 * blob of that text gets the whole script instead. And it never uses more than half of the cores that it sees.
 */
function threadPatches({ threads, workerScript }: WasmRequest): Patch[] {
  if (workerScript === undefined) return [];
  class ScriptBlob extends Blob {
    constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
      const [first] = parts;
      const isFactory = typeof first === 'string' && first.startsWith('var WasmBackendModuleThreadedSimd = ');
      super(isFactory && workerScript !== undefined ? [workerScript] : parts, options);
    }
  }
  const cores = threads === undefined ? [] : [{ target: navigator, values: { hardwareConcurrency: 2 * threads } }];
  return [{ target: globalThis, values: { Blob: ScriptBlob } }, ...cores];
}

/** The library fetches its file itself. It is not given a URL of a blob: content security policies refuse these. */
function filePatches({ location, bytes }: WasmRequest): Patch[] {
  if (bytes === undefined) return [];
  const { fetch } = globalThis;
  const answer: typeof fetch = async (input, init) =>
    input === location ? new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } }) : fetch(input, init);
  return [{ target: globalThis, values: { fetch: answer } }];
}

/** Throws unless the bytes begin a wasm module: servers may answer a missing file with a page. */
export function checkWasm(bytes: Uint8Array, location: string): void {
  const { format, name } = identify(bytes);
  if (format === 'wasm') return;
  throw new DeviceError({
    where: 'tfjs/wasm',
    got: `${location} is ${name}`,
    want: "one of @tensorflow/tfjs-backend-wasm's .wasm files",
    hint: 'serve the files of its dist folder and give their place as wasmPaths',
    missing: 'serve the .wasm files of @tensorflow/tfjs-backend-wasm/dist and give their place as wasmPaths',
  });
}

/** The library rejects with objects that are not errors. */
function describe(thrown: unknown): string {
  const isMessage = typeof thrown === 'object' && thrown !== null && 'message' in thrown;
  return isMessage ? String(thrown.message) : String(thrown);
}

/** Where a file is by `wasmPaths`: a folder that ends with a slash, or a place for each file name. */
export function locate(file: WasmFile, wasmPaths: string | Readonly<Record<string, string>>): string {
  if (typeof wasmPaths === 'string') return `${wasmPaths}${file}`;
  const location = wasmPaths[file];
  if (location !== undefined) return location;
  throw new DeviceError({
    where: 'tfjs/wasm: wasmPaths',
    got: Object.keys(wasmPaths).join(', ') || 'no file',
    want: file,
  });
}
