import { bindDevice } from '@strata/core';
import { openJs } from '../devices/js.js';

/** An abacus on js. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('abacus', 'js', { open: openJs });
