import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { axisOf, plans, runsOfShape, shapesFrom } from './sizes.js';
import { valuesWith } from './values.js';

/** Some places along any axis: both ends counted from either end or beyond the axis, the second left out, and steps. */
export const sliceTrials = trialsOf(
  fc
    .record({
      shape: shapesFrom(1),
      pick: fc.nat({ max: 11 }),
      first: fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 5),
      fewer: fc.constantFrom(0, 1, 1, 2, 3),
      startAs: fc.constantFrom('start' as const, 'start' as const, 'end' as const),
      endAs: fc.constantFrom('start' as const, 'end' as const, 'absent' as const),
      beyond: fc.nat({ max: 2 }),
      step: fc.constantFrom(1, 1, 2, 3),
      plan: plans,
      x: valuesWith([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    })
    .map(({ shape, pick, startAs, endAs, beyond, step, plan, x, ...chosen }) => {
      const axis = axisOf(shape.length, pick);
      const { declared, runs } = runsOfShape(shape, plan);
      const size = shape[axis < 0 ? axis + shape.length : axis];
      const first = chosen.first % size;
      const last = size - (chosen.fewer % (size - first));
      const start = startAs === 'start' ? first : first - size - (first === 0 ? beyond : 0);
      const ends = { start: last + (last === size ? beyond : 0), end: last - size, absent: undefined };
      // The place behind the last has no number from the end.
      const end = endAs === 'end' && last === size ? undefined : ends[endAs];
      return {
        inputs: [{ name: 'x', declared, values: x }],
        runs,
        parameters: {},
        fromEnd: axis < 0,
        build: (layers, [value]) => [
          layers.slice('taken', value, { axis, start, step, ...(end === undefined ? {} : { end }) }),
        ],
      };
    }),
);
