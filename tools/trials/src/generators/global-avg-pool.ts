import fc from 'fast-check';
import { between, pictureChannels, surroundings } from './between.js';
import { trialsOf } from './compose.js';
import { picturesOf, plans } from './sizes.js';
import { anyValues } from './values.js';

export const globalAvgPoolTrials = trialsOf(
  fc
    .record({
      size: fc.record({
        channels: pictureChannels,
        height: fc.integer({ min: 1, max: 11 }),
        width: fc.integer({ min: 1, max: 13 }),
      }),
      plan: plans,
      around: surroundings,
      x: anyValues,
      weight: anyValues,
    })
    .map(({ size, plan, around, x, weight }) => {
      const pictures = picturesOf(plan, size);
      return {
        inputs: [{ name: 'x', declared: pictures.declared, values: x }],
        runs: pictures.runs,
        parameters: { '*': weight },
        build: (layers, [picture]) => between(layers, picture, around, (value) => layers.globalAvgPool('pool', value)),
      };
    }),
);
