import { type Backend, type BackendOptions, DeviceError, type Selection } from '@strata/core';
import { MathBackendCPU, version_cpu } from '@tensorflow/tfjs-backend-cpu';
import { defineDevice } from '../define-device.js';
import { Session } from '../session.js';

/** Plain JavaScript on one thread: runs anywhere. */
export async function openJs({ threads = 1 }: BackendOptions, selection: Selection): Promise<Backend> {
  if (threads !== 1) throw new DeviceError({ where: 'tfjs/js: threads', got: `${threads}`, want: '1' });
  // PROD keeps the library from advertising another package on the console.
  const session = new Session({ kernels: 'cpu', backend: new MathBackendCPU(), flags: { PROD: true } });
  const library = { name: '@tensorflow/tfjs-backend-cpu', version: version_cpu };
  return defineDevice(
    {
      device: { session, close: () => session.close() },
      report: { device: 'js', library, threads: 1, software: false, convolution: 'direct' },
    },
    selection,
  );
}
