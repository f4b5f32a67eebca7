import { bindDevice } from '@strata/core';
import { openWasm } from '../devices/wasm.js';

/** TensorFlow.js on WebAssembly, in Node. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('tfjs', 'wasm', { open: openWasm });
