import { bindDevice } from '@strata/core';
import { openCuda } from '../devices/cuda.js';

/** TensorFlow on an NVIDIA GPU. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('tfjs', 'cuda', { open: openCuda });
