import fc from 'fast-check';
import { activate, afterwards } from './activate.js';
import { trialsOf } from './compose.js';
import { plans } from './sizes.js';
import { anyValues } from './values.js';

const features = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 40 }), weight: 12 },
  { arbitrary: fc.constantFrom(53, 101, 1728, 4799), weight: 3 },
);

export const linearTrials = trialsOf(
  fc
    .record({
      into: features,
      out: fc.integer({ min: 1, max: 21 }),
      plan: plans,
      bias: fc.boolean(),
      after: afterwards,
      x: anyValues,
      weight: anyValues,
    })
    .map(({ into, out, plan: { batch, open, larger }, bias, after, x, weight }) => ({
      inputs: [{ name: 'x', declared: [open || larger !== null ? 'batch' : batch, into], values: x }],
      runs: larger === null ? [{ batch }] : [{ batch: batch + larger.batch }, { batch }],
      parameters: { '*': weight },
      build: (layers, [value]) => {
        return activate(layers, layers.linear('linear', value, { features: out, bias }), after);
      },
    })),
);
