import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { plans, runsOfShape, shapesFrom } from './sizes.js';
import { valuesWith } from './values.js';

/** Axes in any order, their own among them; now and then behind another transpose. */
export const transposeTrials = trialsOf(
  fc
    .record({
      shape: shapesFrom(0),
      keys: fc.array(fc.nat({ max: 99 }), { minLength: 6, maxLength: 6 }),
      twice: fc.constantFrom(true, false, false),
      plan: plans,
      x: valuesWith([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    })
    .map(({ shape, keys, twice, plan, x }) => {
      const { declared, runs } = runsOfShape(shape, plan);
      const permutation = shape.map((_, axis) => axis).sort((a, b) => keys[a] - keys[b]);
      return {
        inputs: [{ name: 'x', declared, values: x }],
        runs,
        parameters: {},
        build: (layers, [value]) => {
          const turned = layers.transpose('turned', value, { permutation });
          return [twice ? layers.transpose('again', turned) : turned];
        },
      };
    }),
);
