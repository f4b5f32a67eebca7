import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { axisOf, plans, runsOfShape, shapes } from './sizes.js';
import { valuesWith } from './values.js';

/** Mostly a few inputs; now and then more than one kernel of a GPU may read. */
const inputLengths = fc.oneof(
  { arbitrary: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), weight: 7 },
  { arbitrary: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 17, maxLength: 19 }), weight: 1 },
);

/** Inputs that differ along the axis alone; one of them may come twice. */
export const concatTrials = trialsOf(
  fc
    .record({
      shape: shapes(1, 5),
      pick: fc.nat({ max: 9 }),
      lengths: inputLengths,
      twice: fc.boolean(),
      plan: plans,
      x: valuesWith([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    })
    .map(({ shape, pick, lengths, twice, plan, x }) => {
      const axis = axisOf(shape.length, pick);
      const along = axis < 0 ? axis + shape.length : axis;
      const { declared, runs } = runsOfShape(shape, plan);
      return {
        inputs: lengths.map((length, index) => ({
          name: `x${index}`,
          declared: declared.map((size, i) => (i === along ? length : size)),
          values: { ...x, seed: x.seed + index },
        })),
        runs,
        parameters: {},
        fromEnd: axis < 0,
        build: (layers, values) => [layers.concat('joined', twice ? [...values, values[0]] : values, { axis })],
      };
    }),
);
