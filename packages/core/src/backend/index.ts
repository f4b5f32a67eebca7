export { asyncDispose } from './async-dispose.js';
export { type BackendParts, defineBackend, type PrepareContext } from './define-backend.js';
export type { Program } from './executable.js';
export { type DeviceDriver, type DeviceTable, deviceOrder, openBackend, type Selection } from './open-backend.js';
export type {
  Backend,
  BackendOptions,
  CompileOptions,
  Device,
  DeviceReport,
  DeviceTensor,
  Executable,
  Gap,
  HostRunOptions,
  PassedOver,
  Precision,
  RunOptions,
} from './types.js';
