import fc from 'fast-check';
import { pictureChannels, surroundings } from './between.js';
import { axesUpTo, picturesOf, placements, placePadding, plans, refit, toWindow } from './sizes.js';
import { anyValues } from './values.js';

/** Windows too wide for their elements to be written out: kernels of our own go through them in rounds. */
const wideAxes = axesUpTo(5).map((axis) => refit(axis, 50 + axis.window, 3));

/** What both sliding pools are told, on pictures of their own. */
export const poolChoices = fc
  .record({
    channels: pictureChannels,
    rows: axesUpTo(4),
    columns: fc.oneof({ arbitrary: axesUpTo(5), weight: 7 }, { arbitrary: wideAxes, weight: 1 }),
    placement: fc.oneof({ arbitrary: fc.constant('bare' as const), weight: 1 }, { arbitrary: placements, weight: 2 }),
    rounding: fc.constantFrom('floor' as const, 'ceil' as const),
    plan: plans,
    around: surroundings,
    weight: anyValues,
  })
  .map(({ channels, rows, columns, placement, rounding, plan, around, weight }) => {
    const [down, across] = [placePadding(rows, placement), placePadding(columns, placement)];
    return {
      pictures: picturesOf(plan, { channels, height: down.size, width: across.size }),
      options: { ...toWindow(down, across), rounding },
      around,
      weight,
    };
  });
