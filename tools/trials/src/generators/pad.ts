import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { plans, runsOfShape, shapesFrom } from './sizes.js';
import { valuesWith } from './values.js';

const counts = fc.array(fc.constantFrom(0, 0, 0, 1, 2), { minLength: 6, maxLength: 6 });

/** Other numbers of elements before and after each axis, of a value that float32 may have to round. */
export const padTrials = trialsOf(
  fc
    .record({
      shape: shapesFrom(1),
      before: counts,
      after: counts,
      value: fc.constantFrom(0, 0, -1.5, 0.1, 1000),
      plan: plans,
      x: valuesWith([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    })
    .map(({ shape, before, after, value, plan, x }) => {
      const { declared, runs } = runsOfShape(shape, plan);
      const around = { before: before.slice(0, shape.length), after: after.slice(0, shape.length), value };
      return {
        inputs: [{ name: 'x', declared, values: x }],
        runs,
        parameters: {},
        build: (layers, [given]) => [layers.pad('padded', given, around)],
      };
    }),
);
