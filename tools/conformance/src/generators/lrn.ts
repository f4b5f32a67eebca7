import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { picturesOf, plans } from './sizes.js';
import { anyValues } from './values.js';

/** Odd and even windows, wider than the channels too, with every attribute its own. */
export const lrnTrials = trialsOf(
  fc
    .record({
      size: fc.record({
        channels: fc.integer({ min: 1, max: 11 }),
        height: fc.integer({ min: 1, max: 5 }),
        width: fc.integer({ min: 1, max: 6 }),
      }),
      lrn: fc.record({
        size: fc.integer({ min: 1, max: 8 }),
        alpha: fc.constantFrom(0, 1e-4, 0.02, 0.7, 1.9),
        beta: fc.constantFrom(0.25, 0.5, 0.75, 1, 1.3),
        k: fc.constantFrom(0.5, 1, 1.7, 3),
      }),
      plan: plans,
      x: anyValues,
    })
    .map(({ size, lrn, plan, x }) => {
      const pictures = picturesOf(plan, size);
      return {
        inputs: [{ name: 'x', declared: pictures.declared, values: x }],
        runs: pictures.runs,
        parameters: {},
        build: (layers, [picture]) => [layers.lrn('lrn', picture, lrn)],
      };
    }),
);
