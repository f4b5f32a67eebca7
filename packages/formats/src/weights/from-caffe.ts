import { openCaffe } from '../caffe/open-caffe.js';
import type { WeightsFile } from './types.js';

/** A Caffe model among the others; its network's name is its only text. Throws as `openCaffe` does. */
export function fromCaffe(bytes: Uint8Array, where: string): WeightsFile {
  const { format, name, tensors } = openCaffe(bytes, where);
  return { format, metadata: name === '' ? {} : { name }, tensors };
}
