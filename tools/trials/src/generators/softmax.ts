import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { axisOf, plans, runsOfShape, shapesFrom } from './sizes.js';
import { anyValues } from './values.js';

export const softmaxTrials = trialsOf(
  fc
    .record({ shape: shapesFrom(1), pick: fc.nat({ max: 11 }), plan: plans, x: anyValues })
    .map(({ shape, pick, plan, x }) => {
      const { declared, runs } = runsOfShape(shape, plan);
      const axis = axisOf(shape.length, pick);
      return {
        inputs: [{ name: 'x', declared, values: x }],
        runs,
        parameters: {},
        fromEnd: axis < 0,
        build: (layers, [value]) => [layers.softmax('softmax', value, { axis })],
      };
    }),
);
