import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { plans, runsOfShape, shapesFrom } from './sizes.js';
import { valuesWith } from './values.js';

/** Cut anywhere from before the first axis to after the last, counted from either end; now and then behind a dropout. */
export const flattenTrials = trialsOf(
  fc
    .record({
      shape: shapesFrom(0),
      pick: fc.nat({ max: 12 }),
      plan: plans,
      copied: fc.constantFrom(true, false, false, false),
      x: valuesWith([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    })
    .map(({ shape, pick, plan, copied, x }) => {
      const { declared, runs } = runsOfShape(shape, plan);
      const rank = shape.length;
      const axis = (pick % (2 * rank + 1)) - rank;
      return {
        inputs: [{ name: 'x', declared, values: x }],
        runs,
        parameters: {},
        fromEnd: axis < 0,
        build: (layers, [value]) => [
          layers.flatten('flat', copied ? layers.dropout('copy', value, { rate: 0.4 }) : value, { axis }),
        ],
      };
    }),
);
