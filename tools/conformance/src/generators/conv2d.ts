import fc from 'fast-check';
import { activate, afterwards } from './activate.js';
import { trialsOf } from './compose.js';
import { axesUpTo, picturesOf, placements, placePadding, plans, refit, toWindow } from './sizes.js';
import { anyValues } from './values.js';

/**
 * Whole, grouped and depthwise convolutions; and what has kernels of its own: sums of 384 to 1,737 terms, and windows
 * that are just small enough to be written out, or too large for it.
 */
const channelChoices = fc.oneof(
  {
    arbitrary: fc.record({
      groups: fc.oneof(
        { arbitrary: fc.constant(1), weight: 3 },
        { arbitrary: fc.integer({ min: 2, max: 4 }), weight: 2 },
      ),
      inPerGroup: fc.integer({ min: 1, max: 5 }),
      outPerGroup: fc.integer({ min: 1, max: 4 }),
      long: fc.constant(undefined),
    }),
    weight: 12,
  },
  {
    arbitrary: fc.record({
      groups: fc.integer({ min: 2, max: 9 }),
      inPerGroup: fc.constant(1),
      outPerGroup: fc.integer({ min: 1, max: 2 }),
      long: fc.constant(undefined),
    }),
    weight: 4,
  },
  {
    arbitrary: fc.record({
      groups: fc.integer({ min: 1, max: 2 }),
      inPerGroup: fc.constantFrom(192, 193),
      outPerGroup: fc.integer({ min: 1, max: 4 }),
      long: fc.constant(3),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      groups: fc.integer({ min: 1, max: 2 }),
      inPerGroup: fc.integer({ min: 384, max: 391 }),
      outPerGroup: fc.integer({ min: 1, max: 4 }),
      long: fc.constant(1),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      groups: fc.integer({ min: 1, max: 2 }),
      inPerGroup: fc.integer({ min: 1, max: 4 }),
      outPerGroup: fc.integer({ min: 1, max: 3 }),
      long: fc.constantFrom(7, 7, 8),
    }),
    weight: 4,
  },
);

export const conv2dTrials = trialsOf(
  fc
    .record({
      channels: channelChoices,
      rows: axesUpTo(5),
      columns: axesUpTo(4),
      placement: placements,
      plan: plans,
      bias: fc.boolean(),
      after: afterwards,
      x: anyValues,
      weight: anyValues,
    })
    .map(({ channels, rows, columns, placement, plan, bias, after, x, weight }) => {
      const { groups, inPerGroup, outPerGroup, long } = channels;
      const [down, across] = long === undefined ? [rows, columns] : [refit(rows, long, 2), refit(columns, long, 3)];
      const [inRows, inColumns] = [placePadding(down, placement), placePadding(across, placement)];
      const window = toWindow(inRows, inColumns);
      const size = { height: inRows.size, width: inColumns.size };
      const pictures = picturesOf(plan, { channels: groups * inPerGroup, ...size });
      return {
        inputs: [{ name: 'x', declared: pictures.declared, values: x }],
        runs: pictures.runs,
        parameters: { '*': weight },
        build: (layers, [picture]) => {
          const options = { filters: groups * outPerGroup, ...window, groups, bias };
          return activate(layers, layers.conv2d('conv', picture, options), after);
        },
      };
    }),
);
