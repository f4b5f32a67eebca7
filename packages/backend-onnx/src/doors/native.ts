import { bindDevice } from '@strata/core';
import { openNative } from '../devices/native.js';

/** ONNX Runtime on the CPU through onnxruntime-node. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('onnx', 'native', { open: openNative });
