import { type Backend, type BackendOptions, DeviceError, messageOf, type Selection, settleThreads } from '@strata/core';
import { identify } from '@strata/formats/identify';
import { defineWasm } from './wasm-device.js';
import { checkWasm, chooseFile, locate, type WasmFile } from './wasm-instance.js';

/**
 * WebAssembly with SIMD in a page or worker. Threads where the page is cross-origin isolated: the library's choice
 * (half the cores, at most 4) unless `threads` says otherwise. The file is fetched here, so that a wrong answer gets a
 * clear message.
 */
export async function openWasm({ threads, wasmPaths }: BackendOptions, selection: Selection): Promise<Backend> {
  const settled = await settleThreads({ where: 'tfjs/wasm', threads, workers: 'text' });
  const file = await chooseFile(settled.threads);
  if (threads !== undefined && threads > 1 && !file.includes('threaded')) {
    throw new DeviceError({
      where: 'tfjs/wasm: threads',
      got: `${threads}, where WebAssembly has no SIMD or no threads`,
      want: '1',
      hint: 'ask for threads: 1',
    });
  }
  const { place, bytes } = await downloadFirst(
    wasmPaths === undefined ? placesOf(bundled(file), `dist/${file}`) : [locate(file, wasmPaths)],
    (found) => identify(found).format === 'wasm',
  );
  checkWasm(bytes, place);
  const workerScript = file.includes('threaded') ? { workerScript: await downloadScript(wasmPaths) } : {};
  return defineWasm({ location: place, bytes, ...settled, ...workerScript }, selection);
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
  const built = new URL('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js', import.meta.url)
    .href;
  const places = named === undefined ? placesOf(built, 'wasm-out/tfjs-backend-wasm-threaded-simd.js') : [named];
  const isScript = (bytes: Uint8Array) => new TextDecoder().decode(bytes).includes('WasmBackendModuleThreadedSimd');
  const { place, bytes } = await downloadFirst(places, isScript);
  if (isScript(bytes)) return new TextDecoder().decode(bytes);
  throw new DeviceError({
    where: 'tfjs/wasm',
    got: `${place} is not the script that the workers need`,
    want: script,
    hint: 'bundle the page with a tool that follows new URL(…, import.meta.url), name the script in wasmPaths, or ask for threads: 1',
  });
}

/**
 * Where a file of the package can be: where a bundler put it, and, where none followed the expression, in the
 * `node_modules` that a development server serves: those around this module, as Node looks for packages (Vite lets `built`
 * begin with its true place, even in a workspace or pnpm's store), or the server's root.
 */
function placesOf(built: string, file: string): string[] {
  const name = `@tensorflow/tfjs-backend-wasm/${file}`;
  if (!built.endsWith(`/${name}`)) return [built];
  // By a variable: of a template beside `import.meta.url` Vite makes a search for files.
  const here = import.meta.url;
  const around = [built.slice(0, -name.length), here].flatMap((place) =>
    [...place.matchAll(/\/node_modules\//g)].map(({ index }) => place.slice(0, index)).toReversed(),
  );
  return [...new Set([...around, new URL(here).origin].map((folder) => `${folder}/node_modules/${name}`)), built];
}

/** The first of the places that has the file, else what the last one answers. */
async function downloadFirst(
  places: readonly string[],
  isRight: (bytes: Uint8Array) => boolean,
): Promise<{ readonly place: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const [place, ...others] = places;
  try {
    const bytes = await download(place);
    if (others.length === 0 || isRight(bytes)) return { place, bytes };
  } catch (error) {
    if (others.length === 0) throw error;
  }
  return downloadFirst(others, isRight);
}

async function download(place: string): Promise<Uint8Array<ArrayBuffer>> {
  const hint =
    'serve the .wasm files of @tensorflow/tfjs-backend-wasm/dist and give their place as wasmPaths; esbuild leaves them out without @strata/esbuild';
  const refuse = (reason: string, cause?: unknown) =>
    new DeviceError({
      where: 'tfjs/wasm',
      got: `${place}: ${reason}`,
      want: 'a wasm file',
      hint,
      missing: hint,
      cause,
    });
  try {
    const response = await fetch(place);
    if (!response.ok) throw refuse(`status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw error instanceof DeviceError ? error : refuse(messageOf(error), error);
  }
}
