import type { Backend } from '@strata/core';

/** What is checked: every WebGPU device, and ONNX Runtime on the processor as a yardstick beside them. */
export const checkedDevices = ['onnx/webgpu', 'tfjs/webgpu', 'gpujs/webgpu', 'onnx/native'] as const;

export type CheckedDevice = (typeof checkedDevices)[number];

export function isCheckedDevice(name: string): name is CheckedDevice {
  return checkedDevices.some((known) => known === name);
}

/** Opens one of them; its library is loaded here and not before. Throws `DeviceError` that says why it can not run. */
export async function openDevice(name: CheckedDevice): Promise<Backend> {
  switch (name) {
    case 'onnx/webgpu':
      return (await import('@strata/backend-onnx')).createBackend({ device: 'webgpu' });
    case 'tfjs/webgpu':
      return (await import('@strata/backend-tfjs')).createBackend({ device: 'webgpu' });
    case 'gpujs/webgpu':
      return (await import('@strata/backend-gpujs')).createBackend({ device: 'webgpu' });
    case 'onnx/native':
      return (await import('@strata/backend-onnx')).createBackend({ device: 'native' });
  }
}
