import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Backend, type BackendOptions, DeviceError, messageOf, type Selection } from '@strata/core';
import { keepingListeners, withoutListeners } from './process-listeners.js';
import { defineWasm } from './wasm-device.js';
import { checkWasm, chooseFile, locate } from './wasm-instance.js';

/** WebAssembly with SIMD in Node: one thread, as the library has no others there. */
export async function openWasm({ threads = 1, wasmPaths }: BackendOptions, selection: Selection): Promise<Backend> {
  if (threads !== 1) {
    throw new DeviceError({
      where: 'tfjs/wasm: threads',
      got: `${threads}`,
      want: '1',
      hint: "TensorFlow.js has no threads in Node; @strata/backend-onnx's wasm has",
    });
  }
  const found = locate(await chooseFile(1), wasmPaths ?? installedFiles());
  const location = found.startsWith('file:') ? fileURLToPath(found) : found;
  checkWasm(await read(location), location);
  return withoutListeners(() => defineWasm({ location, threads: 1 }, selection, keepingListeners));
}

/** The folder of the installed package that holds its `.wasm` files. */
function installedFiles(): string {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  return `${dirname(main)}${sep}`;
}

async function read(location: string): Promise<Uint8Array> {
  try {
    return await readFile(location);
  } catch (error) {
    throw new DeviceError({
      where: 'tfjs/wasm',
      got: `${location} cannot be read: ${messageOf(error)}`,
      hint: 'in Node leave wasmPaths out, or give a folder on disk that ends with a slash',
    });
  }
}
