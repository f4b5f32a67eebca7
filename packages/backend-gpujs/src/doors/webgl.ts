import { bindDevice } from '@strata/core';
import { openWebgl } from '../devices/webgl.js';

/** gpu.js on WebGL 2, or OpenGL in Node. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('gpujs', 'webgl', { open: openWebgl });
