import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { plans, runsOfShape, shapesFrom } from './sizes.js';
import { valuesWith } from './values.js';

const anyCounts = fc.array(fc.constantFrom(0, 0, 0, 1, 2), { minLength: 6, maxLength: 6 });

/** Other numbers of elements before and after each axis, now and then none at all, of a value that float32 may round. */
export const padTrials = trialsOf(
  fc
    .record({
      shape: shapesFrom(1),
      before: anyCounts,
      after: anyCounts,
      bare: fc.constantFrom(true, false, false, false, false, false, false, false),
      value: fc.constantFrom(0, 0, -1.5, 0.1, 1000),
      plan: plans,
      x: valuesWith([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    })
    .map(({ shape, before, after, bare, value, plan, x }) => {
      const { declared, runs } = runsOfShape(shape, plan);
      const along = (counts: readonly number[]) => shape.map((_, axis) => (bare ? 0 : counts[axis]));
      const around = { before: along(before), after: along(after), value };
      return {
        inputs: [{ name: 'x', declared, values: x }],
        runs,
        parameters: {},
        build: (layers, [given]) => [layers.pad('padded', given, around)],
      };
    }),
);
