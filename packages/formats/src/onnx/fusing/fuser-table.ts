import { reshapeForm, squeezeForm, unsqueezeForm } from './flattening.js';
import { matMulAdd } from './matmul-add.js';
import { paddedAveragePool, paddedConv, paddedMaxPool } from './padding.js';
import { responseNormalisation } from './response-normalisation.js';
import type { Fuser } from './types.js';

/** ONNX operator → another form of such a node, where what stands before it allows one. */
export const fuserTable: ReadonlyMap<string, Fuser> = new Map([
  ['Add', matMulAdd],
  ['AveragePool', paddedAveragePool],
  ['Conv', paddedConv],
  ['Div', responseNormalisation],
  ['MaxPool', paddedMaxPool],
  ['Reshape', reshapeForm],
  ['Squeeze', squeezeForm],
  ['Unsqueeze', unsqueezeForm],
]);
