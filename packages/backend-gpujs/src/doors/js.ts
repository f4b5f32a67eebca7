import { bindDevice } from '@strata/core';
import { openJs } from '../devices/js.js';

/** gpu.js on plain JavaScript. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('gpujs', 'js', { open: openJs });
