export type { FloatDType, SafetensorsDType } from './element-types.js';
export { openSafetensors, type SafetensorsFile, type StoredTensor } from './open.js';
export { type SafetensorsOptions, writeSafetensors } from './write.js';
