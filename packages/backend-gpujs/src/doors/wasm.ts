import { bindDevice } from '@strata/core';
import { openWasm } from '../devices/wasm.js';

/** gpu.js on WebAssembly. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('gpujs', 'wasm', { open: openWasm });
