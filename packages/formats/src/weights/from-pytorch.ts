import { openPyTorch } from '../pytorch/index.js';
import type { WeightsFile } from './types.js';

/** A PyTorch checkpoint among the others. Throws as `openPyTorch` does. */
export function fromPyTorch(bytes: Uint8Array, where: string): WeightsFile {
  return { ...openPyTorch(bytes, where), metadata: {} };
}
