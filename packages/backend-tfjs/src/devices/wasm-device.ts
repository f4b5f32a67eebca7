import type { Backend, Selection } from '@strata/core';
import { version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { defineDevice } from '../define-device.js';
import { Session } from '../session.js';
import { createWasm, type WasmRequest } from './wasm-instance.js';

/** Device `wasm` on an instance of its own, which `closing` closes. */
export async function defineWasm(
  request: WasmRequest,
  selection: Selection,
  closing: (close: () => void) => void = (close) => close(),
): Promise<Backend> {
  const { backend, threads } = await createWasm(request);
  const session = new Session({ kernels: 'wasm', backend });
  const { threadsMissing } = request;
  const lack = threadsMissing === undefined ? {} : { threadsMissing };
  const library = { name: '@tensorflow/tfjs-backend-wasm', version: version_wasm };
  return defineDevice(
    {
      device: { session, close: () => closing(() => session.close()) },
      report: { device: 'wasm', library, threads, ...lack, software: false, convolution: 'direct' },
    },
    selection,
  );
}
