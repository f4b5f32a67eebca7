import { bindDevice } from '@strata/core';
import { openCuda } from '../devices/cuda.js';
import { whyNoCuda } from '../host/nvidia.js';

/** ONNX Runtime on an NVIDIA GPU through onnxruntime-node. Throws `DeviceError` when that cannot run. */
export const createBackend = bindDevice('onnx', 'cuda', { open: openCuda, ruleOut: whyNoCuda });
