export type { StoredTensor } from '../stored-tensor.js';
export type { FloatDType, SafetensorsDType } from './element-types.js';
export { openSafetensors, type SafetensorsFile } from './open.js';
export { type SafetensorsOptions, writeSafetensors } from './write.js';
