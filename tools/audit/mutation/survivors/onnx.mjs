// Mutants of the lowerings to ONNX that are right to survive.
import { explain } from './explain.mjs';

const name = 'What a value inside of an op is called: `Emitter.fresh` keeps names apart, whatever is asked for.';
const webgpu = (what) =>
  `${what} is for WebGPU alone, which the suite runs on, too, but not these mutants: on wasm both ways give the same numbers.`;

export const explanations = [
  ...[
    'formats/src/onnx/encoding/activation.ts',
    ...['avg-pool2d', 'batch-norm', 'conv2d', 'lrn', 'max-pool2d'].map((op) => `backend-onnx/src/lowerings/${op}.ts`),
  ].map((file) => ({
    file,
    code: '',
    replacement: '""',
    why: name,
  })),
  { file: 'backend-onnx/src/lowerings/padding/emit-pad.ts', code: 'what}-', replacement: '``', why: name },
  ...explain(
    'backend-onnx/src/lowerings/avg-pool2d.ts',
    'Padding as nodes of its own and a mask for the divisor give what ONNX Runtime’s pool does by itself.',
    ['const alike =', 'if (alike && fitsPool('],
  ),
  ...explain('backend-onnx/src/lowerings/batch-norm.ts', webgpu('The axis of one pixel'), [
    'if (emitter.shapeOf(x).length > 2)',
  ]),
  ...explain('backend-onnx/src/lowerings/conv2d.ts', webgpu('Padding put on before a 1 × 1 convolution'), [
    'function isOverlooked',
    'return rows === 1',
    'if (!isOverlooked(',
  ]),
  {
    file: 'backend-onnx/src/lowerings/lrn.ts',
    code: 'if (beta !== 0.75)',
    why: '`Pow` gives the same power, less exactly, but within the tolerance.',
  },
  ...explain(
    'backend-onnx/src/lowerings/max-pool2d.ts',
    'Padding with minus infinity as a node of its own gives what ONNX Runtime’s pool does by itself.',
    ['if (fitsPool('],
  ),
  ...explain(
    'backend-onnx/src/lowerings/padding/pool-padding.ts',
    'Padding that does not fit is put on before, and so may all padding be.',
    ['export function fitsPool', 'return top < rows'],
  ),
  {
    file: 'backend-onnx/src/lowerings/padding/pool-padding.ts',
    code: 'spanOf(axis) - 1)',
    replacement: 'spanOf(axis) + 1',
    why: 'Two pixels of padding more, which no window reaches.',
  },
  {
    file: 'backend-onnx/src/lowerings/padding/pool-padding.ts',
    code: 'axis.after >= span',
    replacement: 'axis.after > span',
    why: 'Where the padding is as large as the window, both formulas give span − 1.',
  },
];
