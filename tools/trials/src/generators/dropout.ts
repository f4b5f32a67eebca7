import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { elementwise } from './elementwise.js';
import { anyValues, valuesWith } from './values.js';

const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Alone, and before a relu, where a pass may remove it. */
export const dropoutTrials = trialsOf(
  fc
    .record({ rate: fc.constantFrom(0, 0.25, 0.5, 0.9), relu: fc.constantFrom(true, false, false) })
    .chain(({ rate, relu }) =>
      elementwise(relu ? anyValues : valuesWith(specials), (layers, x) => {
        const kept = layers.dropout('dropout', x, { rate });
        return relu ? layers.relu('relu', kept) : kept;
      }),
    ),
);
