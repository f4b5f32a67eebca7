import { type Backend, type BackendOptions, DeviceError, messageOf, openBackend, type Selection } from '@strata/core';
import { openWasm } from './wasm-device.js';
import { checkWasm, chooseFile, locate, type WasmFile } from './wasm-instance.js';

/**
 * WebAssembly with SIMD in a page or worker. Threads where the page is cross-origin isolated: the library's choice (half the
 * cores, at most 4) unless `threads` says otherwise. The file is fetched here, so that a wrong answer is told as what it is.
 */
export async function open({ threads, wasmPaths }: BackendOptions, selection: Selection): Promise<Backend> {
  const file = await chooseFile(threads);
  if (threads !== undefined && threads > 1 && !file.includes('threaded')) {
    throw new DeviceError({
      where: 'tfjs/wasm: threads',
      got: `${threads}`,
      want: '1',
      hint: 'threads need a cross-origin isolated page: send the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
    });
  }
  const place = wasmPaths === undefined ? bundled(file) : locate(file, wasmPaths);
  const bytes = await download(place);
  checkWasm(bytes, place);
  const workerScript = file.includes('threaded') ? { workerScript: await downloadScript(wasmPaths) } : {};
  const location = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }));
  try {
    return await openWasm({ location, ...(threads === undefined ? {} : { threads }), ...workerScript }, selection);
  } finally {
    URL.revokeObjectURL(location);
  }
}

/** The backend on device `wasm`. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('tfjs', { wasm: { open } }, { ...options, device: 'wasm' });
}

/** Where a bundler put the package's files: it finds them by these very expressions. */
function bundled(file: WasmFile): string {
  switch (file) {
    case 'tfjs-backend-wasm.wasm':
      return new URL('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm', import.meta.url).href;
    case 'tfjs-backend-wasm-simd.wasm':
      return new URL('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm', import.meta.url).href;
    case 'tfjs-backend-wasm-threaded-simd.wasm':
      return new URL('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm', import.meta.url).href;
  }
}

/** The script that the library's workers start from: where `wasmPaths` names it, else where a bundler put it. */
async function downloadScript(wasmPaths: BackendOptions['wasmPaths']): Promise<string> {
  const script = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
  const named = typeof wasmPaths === 'object' ? wasmPaths['tfjs-backend-wasm-threaded-simd.js'] : undefined;
  const place =
    named ?? new URL('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js', import.meta.url).href;
  const text = new TextDecoder().decode(await download(place));
  if (text.includes('WasmBackendModuleThreadedSimd')) return text;
  throw new DeviceError({
    where: 'tfjs/wasm',
    got: `${place} is not the script that the workers need`,
    want: script,
    hint: 'bundle the page with a tool that follows new URL(…, import.meta.url), name the script in wasmPaths, or ask for threads: 1',
  });
}

async function download(place: string): Promise<Uint8Array<ArrayBuffer>> {
  const hint = 'serve the .wasm files of @tensorflow/tfjs-backend-wasm/dist and give their place as wasmPaths';
  let response: Response;
  try {
    response = await fetch(place);
  } catch (error) {
    throw new DeviceError({ where: 'tfjs/wasm', got: `${place}: ${messageOf(error)}`, want: 'a wasm file', hint });
  }
  if (!response.ok) {
    throw new DeviceError({
      where: 'tfjs/wasm',
      got: `${place}: status ${response.status}`,
      want: 'a wasm file',
      hint,
    });
  }
  return new Uint8Array(await response.arrayBuffer());
}
