import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { elementwise } from './elementwise.js';
import { valuesWith } from './values.js';

const values = valuesWith([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);

/** ONNX's line, PyTorch's, falling ones, and those that are cut off on one side only. */
const lines = [
  { alpha: 0.2, beta: 0.5 },
  { alpha: 1 / 6, beta: 0.5 },
  { alpha: -0.3, beta: 0.4 },
  { alpha: 2.7, beta: -0.8 },
  { alpha: 0.05, beta: 1.1 },
  { alpha: 0, beta: 0.3 },
];

export const hardSigmoidTrials = trialsOf(
  fc.oneof(...lines.map((line) => elementwise(values, (layers, x) => layers.hardSigmoid('hard', x, line)))),
);
