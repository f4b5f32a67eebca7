// Mutants of the lowerings to TensorFlow.js that are right to survive.
import { explain } from './explain.mjs';

const bySteps = 'Whether the library’s kernel does it, or one step for each element of the window: the same numbers.';

export const tfjs = [
  ...explain(
    'backend-tfjs/src/lowerings/along-axis.ts',
    'Names the op in the error for an axis that `inferShape` has refused before.',
    ["'tfjs'"],
  ),
  ...explain('backend-tfjs/src/lowerings/avg-pool2d.ts', 'A divisor for each window, though all are the same.', [
    'divisors.every(',
  ]),
  ...explain('backend-tfjs/src/lowerings/concat.ts', 'Joined as matrices, whatever the rank.', [
    'if (rank <= mostAxes)',
  ]),
  ...explain('backend-tfjs/src/lowerings/conv2d.ts', 'Depthwise convolutions group by group: the same numbers.', [
    'const steps =',
  ]),
  ...explain('backend-tfjs/src/lowerings/padding.ts', 'Padding by nothing copies the picture.', ['padding.every(']),
  ...explain('backend-tfjs/src/lowerings/pooling.ts', bySteps, ['const dense =']),
];
