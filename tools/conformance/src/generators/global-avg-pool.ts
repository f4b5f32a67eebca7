import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { picturesOf, plans } from './sizes.js';
import { anyValues } from './values.js';

export const globalAvgPoolTrials = trialsOf(
  fc
    .record({
      size: fc.record({
        channels: fc.integer({ min: 1, max: 9 }),
        height: fc.integer({ min: 1, max: 11 }),
        width: fc.integer({ min: 1, max: 13 }),
      }),
      plan: plans,
      x: anyValues,
    })
    .map(({ size, plan, x }) => {
      const pictures = picturesOf(plan, size);
      return {
        inputs: [{ name: 'x', declared: pictures.declared, values: x }],
        runs: pictures.runs,
        parameters: {},
        build: (layers, [picture]) => [layers.globalAvgPool('pool', picture)],
      };
    }),
);
