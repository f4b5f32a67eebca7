import fc from 'fast-check';
import { between, pictureChannels, suited, surroundings } from './between.js';
import { trialsOf } from './compose.js';
import { picturesOf, plans } from './sizes.js';
import { anyValues, lowValues, valuesWith } from './values.js';

const values = fc.oneof(
  { arbitrary: valuesWith([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]), weight: 3 },
  { arbitrary: lowValues, weight: 2 },
);

export const globalMaxPoolTrials = trialsOf(
  fc
    .record({
      size: fc.record({
        channels: pictureChannels,
        height: fc.integer({ min: 1, max: 11 }),
        width: fc.integer({ min: 1, max: 13 }),
      }),
      plan: plans,
      around: surroundings,
      x: values,
      weight: anyValues,
    })
    .map(({ size, plan, around, x, weight }) => {
      // So small that there are planes of nothing but minus infinities.
      const small = { ...size, height: 1 + (size.height % 2), width: 1 + (size.width % 2) };
      const pictures = picturesOf(plan, x.kind === 'low' ? small : size);
      return {
        inputs: [{ name: 'x', declared: pictures.declared, values: suited(x, around) }],
        runs: pictures.runs,
        parameters: { '*': weight },
        build: (layers, [picture]) => between(layers, picture, around, (value) => layers.globalMaxPool('pool', value)),
      };
    }),
);
