import type { Pair } from '@strata/core';
import fc from 'fast-check';
import { activate, afterwards } from './activate.js';
import { trialsOf } from './compose.js';
import { axesUpTo, picturesOf, placements, placePadding, plans, refit, toWindow } from './sizes.js';
import { anyValues } from './values.js';

interface Channels {
  readonly groups: fc.Arbitrary<number>;
  readonly inPerGroup: fc.Arbitrary<number>;
  readonly outPerGroup: fc.Arbitrary<number>;
  /** Windows [rows, columns] in place of small ones. */
  readonly windows?: readonly Pair[];
}

const upTo = (max: number) => fc.integer({ min: 1, max });

/** Sums so long, or windows so large, that they have kernels of their own. */
const long = (inPerGroup: fc.Arbitrary<number>, ...windows: readonly Pair[]): Channels => ({
  groups: upTo(2),
  inPerGroup,
  outPerGroup: upTo(5),
  windows,
});

/** How often each kind of convolution is drawn, of 30. */
const channelKinds: readonly (Channels & { readonly weight: number })[] = [
  {
    groups: fc.oneof(
      { arbitrary: fc.constant(1), weight: 3 },
      { arbitrary: fc.integer({ min: 2, max: 4 }), weight: 2 },
    ),
    inPerGroup: upTo(5),
    outPerGroup: upTo(4),
    weight: 12,
  },
  // Depthwise.
  { groups: fc.integer({ min: 2, max: 9 }), inPerGroup: fc.constant(1), outPerGroup: upTo(2), weight: 4 },
  { groups: fc.constantFrom(16, 32), inPerGroup: fc.constant(1), outPerGroup: fc.constant(1), weight: 1 },
  // 16 and 32 reach the blocked layouts of ONNX Runtime's CPU kernels; 6 is what its WebGPU kernels get wrong.
  {
    groups: fc.constant(1),
    inPerGroup: fc.constantFrom(6, 8, 16, 32),
    outPerGroup: fc.constantFrom(4, 8, 16, 32),
    weight: 2,
  },
  // Sums of 384 terms and more, which are computed in blocks.
  { ...long(fc.constantFrom(192, 193), [3, 3]), weight: 2 },
  { ...long(fc.integer({ min: 384, max: 391 }), [1, 1]), weight: 2 },
  { ...long(fc.integer({ min: 43, max: 50 }), [3, 3], [1, 10], [5, 4]), weight: 2 },
  // Windows that are just small enough to be written out, or too large for it.
  { ...long(upTo(4), [7, 7], [7, 7], [8, 7], [8, 8]), weight: 4 },
  { ...long(upTo(20), [1, 60], [11, 2]), weight: 1 },
];

/** Whole, grouped and depthwise convolutions. */
const channelChoices = fc.oneof(
  ...channelKinds.map(({ weight, windows, ...channels }) => ({
    arbitrary: fc.record({
      ...channels,
      long: windows === undefined ? fc.constant(undefined) : fc.constantFrom(...windows),
    }),
    weight,
  })),
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
      const [down, across] =
        long === undefined ? [rows, columns] : [refit(rows, long[0], 2), refit(columns, long[1], 3)];
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
