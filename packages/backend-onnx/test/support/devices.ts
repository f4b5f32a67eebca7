import { DeviceError } from '@strata/core';
import { createBackend } from '../../src/index.js';

/** The devices of Node that this machine has. If WebGPU is left out, this is printed. */
export const devices = ['native', 'wasm', ...(await findWebgpu())] as const;

async function findWebgpu(): Promise<'webgpu'[]> {
  try {
    await (await createBackend({ device: 'webgpu' })).dispose();
    return ['webgpu'];
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    console.warn(`Left out: onnx on webgpu in Node. ${error.message}`);
    return [];
  }
}
