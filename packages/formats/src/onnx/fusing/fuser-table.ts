import { reshapeForm, squeezeForm, unsqueezeForm } from './flattening.js';
import { matMulAdd } from './matmul-add.js';
import { oldBroadcast } from './old-broadcast.js';
import { paddedAveragePool, paddedConv, paddedMaxPool } from './padding.js';
import { responseNormalisation } from './response-normalisation.js';
import type { Fuser } from './types.js';

/** ONNX operator → another form of such a node, where what stands before it allows one. */
export const fuserTable: ReadonlyMap<string, Fuser> = new Map([
  ['Add', (node, before) => oldBroadcast(node, before) ?? matMulAdd(node, before)],
  ['AveragePool', paddedAveragePool],
  ['Conv', paddedConv],
  ['Div', (node, before) => oldBroadcast(node, before) ?? responseNormalisation(node, before)],
  ['MaxPool', paddedMaxPool],
  ['Mul', oldBroadcast],
  ['Reshape', reshapeForm],
  ['Squeeze', squeezeForm],
  ['Sub', oldBroadcast],
  ['Unsqueeze', unsqueezeForm],
]);
