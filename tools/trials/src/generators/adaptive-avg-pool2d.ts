import fc from 'fast-check';
import { between, pictureChannels, surroundings } from './between.js';
import { trialsOf } from './compose.js';
import { picturesOf, plans } from './sizes.js';
import { anyValues } from './values.js';

const sides = fc.record({ height: fc.integer({ min: 1, max: 13 }), width: fc.integer({ min: 1, max: 11 }) });
const counts = fc.integer({ min: 1, max: 7 });

/** Windows that divide the picture, overlap, are more than its pixels or as many. Sizes are open along an axis of one window. */
export const adaptiveAvgPool2dTrials = trialsOf(
  fc
    .record({
      channels: pictureChannels,
      picture: sides,
      drawn: fc.option(fc.tuple(counts, counts), { freq: 6 }),
      plan: plans,
      around: surroundings,
      x: anyValues,
      weight: anyValues,
    })
    .map(({ channels, picture, drawn, plan, around, x, weight }) => {
      const { height, width } = picture;
      const size = drawn ?? ([height, width] as const);
      const [openHeight, openWidth] = size.map((count) => count === 1);
      const larger = plan.larger && {
        ...plan.larger,
        rows: openHeight ? plan.larger.rows : 0,
        columns: openWidth ? plan.larger.columns : 0,
      };
      const { declared, runs } = picturesOf({ ...plan, larger }, { channels, height, width });
      const known = [declared[0], channels, openHeight ? declared[2] : height, openWidth ? declared[3] : width];
      return {
        inputs: [{ name: 'x', declared: known, values: x }],
        runs,
        parameters: { '*': weight },
        build: (layers, [value]) =>
          between(layers, value, around, (input) => layers.adaptiveAvgPool2d('pool', input, { size })),
      };
    }),
);
