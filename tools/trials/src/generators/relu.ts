import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { elementwise } from './elementwise.js';
import { valuesWith } from './values.js';

const values = valuesWith([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);

/** Alone; and in the middle, after a sum of which one side is never negative: a pass must not take it for needless. */
export const reluTrials = trialsOf(
  fc.oneof(
    { arbitrary: elementwise(values, (layers, x) => layers.relu('relu', x)), weight: 3 },
    {
      arbitrary: elementwise(values, (layers, x) => {
        const half = layers.add('half', layers.relu('left', x), x);
        return layers.add('sum', layers.relu('relu', half), x);
      }),
      weight: 1,
    },
  ),
);
