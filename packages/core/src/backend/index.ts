export { asyncDispose } from './async-dispose.js';
export { bindDevice } from './bind-device.js';
export type {
  BackendDeclaration,
  BackendModule,
  Countable,
  DeclaredDevice,
  DeclaredTable,
  DeviceDeclaration,
  DeviceRuntime,
  DeviceTerms,
  Losable,
} from './declaration.js';
export { type BackendParts, defineBackend, type PrepareContext } from './define-backend.js';
export type { Program } from './executable.js';
export { type AdapterInfo, describeAdapter, isSoftware, unlessLost, whyNoWebgpu } from './gpu-adapter.js';
export { isBackendModule, listBackends, listDevices } from './list-backends.js';
export { type Library, loadLibrary } from './load-library.js';
export { type DeviceDriver, type DeviceTable, deviceOrder, openBackend, type Selection } from './open-backend.js';
export { refuseOptions } from './refuse-options.js';
export type { InstanceOfGlobal } from './runtime-types.js';
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
export { type Lack, whyNoWasm } from './wasm-support.js';
export { settleThreads, type ThreadTerms } from './wasm-threads.js';
export { isPage } from './watch-realm.js';
export { awaited, loadCode } from './watch-start.js';
