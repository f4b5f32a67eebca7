// Mutants of the lowerings to TensorFlow.js that are right to survive.
import { explain } from './explain.mjs';

const ranks =
  'Kernels on GPUs know up to four axes: on js, wasm and in TensorFlow itself either way gives the same numbers.';
const refused = 'Names the op in the error for what `inferShape` has refused before.';
const bySteps = 'Whether the library’s kernel does it, or one step for each element of the window: the same numbers.';

export const explanations = [
  ...explain('backend-tfjs/src/lowerings/shared/along-axis.ts', refused, ["'tfjs'"]),
  ...explain('backend-tfjs/src/lowerings/avg-pool2d.ts', 'A divisor for each window, though all are the same.', [
    'divisors.every(',
  ]),
  ...explain('backend-tfjs/src/lowerings/concat.ts', 'Joined as matrices, whatever the rank.', [
    'if (rank <= mostAxes)',
  ]),
  ...explain('backend-tfjs/src/lowerings/conv2d.ts', 'Depthwise convolutions group by group: the same numbers.', [
    'const steps =',
  ]),
  ...explain('backend-tfjs/src/lowerings/shared/padding.ts', 'Padding by nothing copies the picture.', [
    'padding.every(',
  ]),
  ...explain('backend-tfjs/src/lowerings/shared/pooling.ts', bySteps, ['const dense =']),
  ...explain('backend-tfjs/src/lowerings/shared/broadcasted.ts', 'Equal shapes may go the way of all others.', [
    'if (a.shape.length === b.shape.length',
  ]),
  ...explain('backend-tfjs/src/lowerings/shared/broadcasted.ts', ranks, ['a.tensor.rank <= 4', 'if (rank <= 4)']),
  ...explain('backend-tfjs/src/lowerings/shared/broadcasted.ts', refused, ["'tfjs'"]),
  ...explain(
    'backend-tfjs/src/lowerings/shared/broadcasted.ts',
    'Axes of one in front, though none is missing: the same shape.',
    ['if (value.shape.length === rank)'],
  ),
  ...explain('backend-tfjs/src/lowerings/avg-pool2d.ts', bySteps, ['const pads =', 'if (!pads ||']),
  ...['avg-pool2d', 'max-pool2d'].map((op) => ({
    file: `backend-tfjs/src/lowerings/${op}.ts`,
    code: "'floor'",
    replacement: '""',
    why: 'Told nothing, the library rounds towards zero, as it does for floor.',
  })),
  ...explain('backend-tfjs/src/lowerings/batch-norm.ts', 'The tensor is all that is read of this value.', [
    'const picture =',
  ]),
  ...explain('backend-tfjs/src/lowerings/concat.ts', refused, ["'tfjs'"]),
  ...explain(
    'backend-tfjs/src/lowerings/conv2d.ts',
    'Depthwise or group by group, split into one group or not split: the same numbers.',
    ['if (groups > 1 &&', 'if (groups === 1)'],
  ),
  ...explain(
    'backend-tfjs/src/lowerings/conv2d.ts',
    'Filters spread with zeros instead of dilation, also where the library dilates: the same numbers.',
    ['const spread ='],
  ),
  ...explain('backend-tfjs/src/lowerings/shared/elementwise.ts', ranks, ['x.rank <= 4']),
  ...explain(
    'backend-tfjs/src/lowerings/shared/filters.ts',
    'One round too many writes behind the array’s end, which a typed array ignores.',
    ['row < rows'],
  ),
  ...explain('backend-tfjs/src/lowerings/lrn.ts', 'More zeros than the last window reaches.', ['[before, size / 2]']),
  ...explain('backend-tfjs/src/lowerings/max-pool2d.ts', bySteps, ['if (!hasKernel(']),
  {
    file: 'backend-tfjs/src/lowerings/max-pool2d.ts',
    code: 'before === Math.floor(',
    replacement: 'size + 1',
    why: 'A gap: only a window of five or more, with four or more pixels of padding after the picture, tells the two apart; trials draw two.',
  },
  ...explain(
    'backend-tfjs/src/lowerings/max-pool2d.ts',
    'Padded with minus infinity before, also where TensorFlow’s own padding would do: the same numbers.',
    [
      'if (poolsPad)',
      'if (isSame(',
      'function isSame',
      'const fits =',
      'before === Math.floor(',
      'return fits(window[0]',
    ],
  ),
  ...explain('backend-tfjs/src/lowerings/shared/pooling.ts', bySteps, ['export function hasKernel', 'return dense']),
  {
    file: 'backend-tfjs/src/lowerings/relu.ts',
    code: 'reluTakesInfinity',
    why: 'Only WebGL takes this way: the suite runs on it in Chromium, but not these mutants.',
  },
  ...explain(
    'backend-tfjs/src/lowerings/softmax.ts',
    'The last axis may go the way of all others: turned there and back.',
    ['if (inner === 1)'],
  ),
];
