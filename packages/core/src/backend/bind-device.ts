import { type DeviceDriver, openBackend } from './open-backend.js';
import type { Backend, BackendOptions, Device } from './types.js';

/**
 * `createBackend` of a sub-path such as `@strata/backend-onnx/wasm`. Whoever imports it has named the device, so `'auto'`
 * is that device too, in software as well; any other is a `DeviceError`.
 */
export function bindDevice(
  backend: string,
  device: Device,
  driver: DeviceDriver,
): (options?: BackendOptions) => Promise<Backend> {
  return ({ device: asked = 'auto', ...options } = {}) =>
    openBackend(backend, { [device]: driver }, { ...options, device: asked === 'auto' ? device : asked });
}
