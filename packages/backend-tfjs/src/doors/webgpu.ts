import { bindDevice } from '@strata/core';
import { openWebgpu } from '../devices/webgpu.js';

/** TensorFlow.js on WebGPU, in Node. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('tfjs', 'webgpu', { open: openWebgpu });
