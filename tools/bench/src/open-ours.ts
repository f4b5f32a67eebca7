import type { Backend } from '@strata/core';
import type { BenchCase } from './cases.js';

/** Strata's side of a case. `DeviceError` when its library or device is not there. */
export async function openBackendOf({ backend, device, threaded }: BenchCase, threads: number): Promise<Backend> {
  switch (backend) {
    case 'onnx':
      return (await import('@strata/backend-onnx')).createBackend({ device, threads });
    case 'tfjs': {
      // TensorFlow asks the environment, once, when it is loaded; no option of its package reaches it.
      if (threaded) {
        process.env.TF_NUM_INTRAOP_THREADS = String(threads);
        process.env.TF_NUM_INTEROP_THREADS = String(threads);
      }
      process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
      return (await import('@strata/backend-tfjs')).createBackend({ device });
    }
    case 'gpujs':
      return (await import('@strata/backend-gpujs')).createBackend(threaded ? { device, threads } : { device });
  }
}
