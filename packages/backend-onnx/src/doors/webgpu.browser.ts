import { bindDevice, whyNoWebgpu } from '@strata/core';
import { openWebgpu } from '../devices/webgpu.browser.js';

/** ONNX Runtime on the browser's WebGPU. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('onnx', 'webgpu', { open: openWebgpu, ruleOut: whyNoWebgpu });
