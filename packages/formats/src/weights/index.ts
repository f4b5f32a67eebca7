export { transposeMatrix } from '../onnx/reading/matrix.js';
export { averagesCounter, sharedPrefix, withoutPrefix } from '../pytorch/shared-prefix.js';
export { type ElementType, elementTypes, type StoredTensor } from '../stored-tensor.js';
export { openWeights } from './open-weights.js';
export type { WeightsFile } from './types.js';
