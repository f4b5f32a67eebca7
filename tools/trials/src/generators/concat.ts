import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { axisOf, plans, runsOfShape, shapesFrom } from './sizes.js';
import { valuesWith } from './values.js';

/** Mostly a few inputs; now and then more than one kernel of a GPU may read. */
const inputLengths = fc.oneof(
  { arbitrary: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), weight: 7 },
  { arbitrary: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 17, maxLength: 19 }), weight: 1 },
);

/** Inputs that differ along the axis alone, one of which may come twice, beside a computed value or a parameter. */
export const concatTrials = trialsOf(
  fc
    .record({
      shape: shapesFrom(1),
      pick: fc.nat({ max: 11 }),
      lengths: inputLengths,
      twice: fc.boolean(),
      also: fc.constantFrom('nothing' as const, 'nothing' as const, 'computed' as const, 'parameter' as const),
      plan: plans,
      x: valuesWith([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    })
    .map(({ shape, pick, lengths, twice, also, plan, x }) => {
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
        parameters: { '*': { ...x, specials: [] } },
        fromEnd: axis < 0,
        build: (layers, values) => {
          const others = {
            nothing: () => [],
            computed: () => [layers.dropout('computed', values[0], { rate: 0.5 })],
            // A parameter's sizes are all known; those of an open input are not.
            parameter: () => (plan.open || plan.larger !== null ? [] : [layers.parameter('constant', shape)]),
          };
          const joined = [...values, ...others[also](), ...(twice ? [values[0]] : [])];
          return [layers.concat('joined', joined, { axis })];
        },
      };
    }),
);
