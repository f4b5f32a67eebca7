import { expect, it } from 'vitest';
import { isAbout } from '../mutation/is-about.mjs';

const ops = ['conv2d', 'maxPool2d', 'relu'];
const laws = [
  { name: 'windows', ops: ['conv2d', 'maxPool2d'] },
  { name: 'linear', ops: ['conv2d'] },
];
const general = ['graph', 'names', 'twins', 'stateful', 'known: trap', 'cases'];
const subjects = [...ops, ...general, 'law: windows', 'law: linear', 'precision'];
const about = (file) => subjects.filter((subject) => isAbout(subject, file, ops, laws));

it('a lowering is judged by its own op, the laws of that, and what is made of all ops', () => {
  expect(about('/copy/packages/backend-mine/src/lowerings/max-pool2d.ts')).toEqual([
    'maxPool2d',
    ...general,
    'law: windows',
  ]);
  expect(about('/copy/packages/formats/src/onnx/operators/relu.ts')).toEqual(['relu', ...general]);
});

it('what several ops share is judged by everything', () => {
  for (const file of ['lowerings/shared/padding.ts', 'lowerings/lowering-table.ts', 'kernels/grid.ts', 'relu.ts']) {
    expect(about(`/copy/packages/backend-mine/src/${file}`), file).toEqual(subjects);
  }
});
