import { bindDevice } from '@strata/core';
import { openWebgl } from '../devices/webgl.js';

/** An abacus on webgl. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('abacus', 'webgl', { open: openWebgl });
