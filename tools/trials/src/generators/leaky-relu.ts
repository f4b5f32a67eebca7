import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { elementwise } from './elementwise.js';
import { valuesWith } from './values.js';

const values = valuesWith([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);

/** Slopes of either sign, above 1 too, where the larger of x and alpha·x is not y. */
const slopes = [0.01, 0.2, 0, 1, 2.6, -0.4, -1.7];

export const leakyReluTrials = trialsOf(
  fc.oneof(...slopes.map((alpha) => elementwise(values, (layers, x) => layers.leakyRelu('leaky', x, { alpha })))),
);
