import { bindDevice } from '@strata/core';
import { openWebnn } from '../devices/webnn.js';
import { whyNoWebnn } from '../host/browser-ml.js';

/** ONNX Runtime on the browser's WebNN. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('onnx', 'webnn', { open: openWebnn, ruleOut: whyNoWebnn });
