// Why a mutant that no trial notices is right to survive. An explanation is for the mutants of `file` on lines that hold
// `code`, all of them or those with this `replacement`; the first that fits counts.
import { gpujs } from './gpujs.mjs';
import { onnx } from './onnx.mjs';
import { passes } from './passes.mjs';
import { tfjs } from './tfjs.mjs';

export const explanations = [...passes, ...onnx, ...tfjs, ...gpujs];
