import { bindDevice } from '@strata/core';
import { openWebgpu } from '../devices/webgpu.js';

/** ONNX Runtime on WebGPU, in Node through onnxruntime-node. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('onnx', 'webgpu', { open: openWebgpu });
