import { bindDevice } from '@strata/core';
import { openWebgpu } from '../devices/webgpu.js';

/** An abacus on webgpu. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('abacus', 'webgpu', { open: openWebgpu });
