import { bindDevice } from '@strata/core';
import { openWasm } from '../devices/wasm.browser.js';

/** TensorFlow.js on WebAssembly, in a page or a worker. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('tfjs', 'wasm', { open: openWasm });
