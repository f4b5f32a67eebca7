import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Backend, type BackendOptions, DeviceError, messageOf, openBackend, type Selection } from '@strata/core';
import { openWasm } from './wasm-device.js';
import { checkWasm, chooseFile, locate } from './wasm-instance.js';

/** WebAssembly with SIMD in Node: one thread, the library has no others there. */
export async function open({ threads = 1, wasmPaths }: BackendOptions, selection: Selection): Promise<Backend> {
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
  return openWasm({ location, threads: 1 }, selection);
}

/** The backend on device `wasm`. */
export function createBackend(options: BackendOptions = {}): Promise<Backend> {
  return openBackend('tfjs', { wasm: { open } }, { ...options, device: 'wasm' });
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
      got: `${location} can not be read: ${messageOf(error)}`,
      hint: 'in Node leave wasmPaths out, or give a folder on disk with a slash at its end',
    });
  }
}
