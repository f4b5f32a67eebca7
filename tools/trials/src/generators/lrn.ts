import fc from 'fast-check';
import { between, surroundings } from './between.js';
import { trialsOf } from './compose.js';
import { picturesOf, plans } from './sizes.js';
import { anyValues } from './values.js';

/** Odd and even windows, wider than the channels too, with every attribute its own. */
export const lrnTrials = trialsOf(
  fc
    .record({
      size: fc.record({
        channels: fc.oneof(
          { arbitrary: fc.integer({ min: 1, max: 11 }), weight: 4 },
          { arbitrary: fc.integer({ min: 12, max: 32 }), weight: 1 },
        ),
        height: fc.integer({ min: 1, max: 5 }),
        width: fc.integer({ min: 1, max: 6 }),
      }),
      lrn: fc.record({
        size: fc.integer({ min: 1, max: 12 }),
        alpha: fc.constantFrom(0, 1e-4, 0.02, 0.7, 1.9),
        beta: fc.constantFrom(0, 0.25, 0.5, 0.75, 1, 1.3, 2),
        k: fc.constantFrom(0.001, 0.5, 1, 1.7, 3),
      }),
      plan: plans,
      around: surroundings,
      x: anyValues,
      weight: anyValues,
    })
    .map(({ size, lrn, plan, around, x, weight }) => {
      const pictures = picturesOf(plan, size);
      return {
        inputs: [{ name: 'x', declared: pictures.declared, values: x }],
        runs: pictures.runs,
        parameters: { '*': weight },
        build: (layers, [picture]) => between(layers, picture, around, (value) => layers.lrn('lrn', value, lrn)),
      };
    }),
);
