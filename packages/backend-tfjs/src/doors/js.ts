import { bindDevice } from '@strata/core';
import { openJs } from '../devices/js.js';

/** TensorFlow.js on plain JavaScript. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('tfjs', 'js', { open: openJs });
