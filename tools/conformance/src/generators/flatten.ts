import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { plans, runsOfShape, shapes } from './sizes.js';
import { valuesWith } from './values.js';

/** Cut anywhere from before the first axis to after the last, counted from either end. */
export const flattenTrials = trialsOf(
  fc
    .record({
      shape: shapes(1, 5),
      pick: fc.nat({ max: 10 }),
      plan: plans,
      x: valuesWith([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    })
    .map(({ shape, pick, plan, x }) => {
      const { declared, runs } = runsOfShape(shape, plan);
      const rank = shape.length;
      const axis = (pick % (2 * rank + 1)) - rank;
      return {
        inputs: [{ name: 'x', declared, values: x }],
        runs,
        parameters: {},
        fromEnd: axis < 0,
        build: (layers, [value]) => [layers.flatten('flat', value, { axis })],
      };
    }),
);
