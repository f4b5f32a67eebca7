import { trialsOf } from './compose.js';
import { elementwise } from './elementwise.js';
import { valuesWith } from './values.js';

/** Infinities; where kernels cut off; and where e^−x overflows, or y leaves the normal numbers. */
const values = valuesWith([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -17.5, -23.5, -80, -87.4, -88.8, 90]);

export const sigmoidTrials = trialsOf(elementwise(values, (layers, x) => layers.sigmoid('sigmoid', x)));
