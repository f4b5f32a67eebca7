export type { ElementType, StoredTensor } from '../stored-tensor.js';
export { openPyTorch, type PyTorchFile } from './open.js';
