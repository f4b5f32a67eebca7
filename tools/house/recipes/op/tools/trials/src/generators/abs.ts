import { trialsOf } from './compose.js';
import { elementwise } from './elementwise.js';
import { valuesWith } from './values.js';

const values = valuesWith([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);

export const absTrials = trialsOf(elementwise(values, (layers, x) => layers.abs('abs', x)));
