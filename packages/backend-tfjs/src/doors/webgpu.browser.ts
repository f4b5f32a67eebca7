import { bindDevice, whyNoWebgpu } from '@strata/core';
import { openWebgpu } from '../devices/webgpu.browser.js';

/** TensorFlow.js on WebGPU, the browser's own. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('tfjs', 'webgpu', { open: openWebgpu, ruleOut: whyNoWebgpu });
