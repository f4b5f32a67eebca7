import { openOnnx } from '../onnx/opening/open-onnx.js';
import type { WeightsFile } from './types.js';

/** An ONNX file among the others: its initialisers, and its network. Throws as `openOnnx` does. */
export function fromOnnx(bytes: Uint8Array, where: string): WeightsFile {
  const { format, producer, metadata, tensors, ...network } = openOnnx(bytes, where);
  return { format, ...(producer === undefined ? {} : { producer }), metadata, tensors, network };
}
