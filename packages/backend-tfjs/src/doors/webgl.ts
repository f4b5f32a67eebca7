import { bindDevice } from '@strata/core';
import { openWebgl } from '../devices/webgl.js';

/** TensorFlow.js on WebGL 2. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('tfjs', 'webgl', { open: openWebgl });
