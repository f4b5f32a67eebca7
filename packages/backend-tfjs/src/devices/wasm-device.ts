import type { Backend, Selection } from '@strata/core';
import { version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { defineDevice } from '../define-device.js';
import { Session } from '../session.js';
import { createWasm, type WasmRequest } from './wasm-instance.js';

/** Device `wasm` on an instance of its own. */
export async function openWasm(request: WasmRequest, selection: Selection): Promise<Backend> {
  const { backend, threads } = await createWasm(request);
  const session = new Session({ kernels: 'wasm', backend });
  const library = { name: '@tensorflow/tfjs-backend-wasm', version: version_wasm };
  return defineDevice(
    {
      device: { session, close: () => session.close() },
      report: { device: 'wasm', library, threads, software: false, convolution: 'direct' },
    },
    selection,
  );
}
