import { bindDevice } from '@strata/core';
import { openNative } from '../devices/native.js';

/** TensorFlow on the CPU. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('tfjs', 'native', { open: openNative });
