import { bindDevice } from '@strata/core';
import { openWebgpu } from '../devices/webgpu.js';

/** gpu.js on WebGPU. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('gpujs', 'webgpu', { open: openWebgpu });
