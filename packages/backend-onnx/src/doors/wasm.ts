import { bindDevice } from '@strata/core';
import { openWasm } from '../devices/wasm.js';

/** ONNX Runtime on WebAssembly through onnxruntime-web. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('onnx', 'wasm', { open: openWasm });
