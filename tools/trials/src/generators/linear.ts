import fc from 'fast-check';
import { activate, afterwards } from './activate.js';
import { trialsOf } from './compose.js';
import { plans } from './sizes.js';
import { anyValues } from './values.js';

const features = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 40 }), weight: 12 },
  { arbitrary: fc.constantFrom(53, 101, 1728, 4799), weight: 3 },
);

/** One layer; now and then a second, whose parameters are its own. */
export const linearTrials = trialsOf(
  fc
    .record({
      into: features,
      out: fc.oneof(
        { arbitrary: fc.integer({ min: 1, max: 21 }), weight: 5 },
        { arbitrary: fc.integer({ min: 22, max: 40 }), weight: 1 },
      ),
      plan: plans,
      bias: fc.boolean(),
      deep: fc.constantFrom(false, false, false, true),
      after: afterwards,
      x: anyValues,
      weight: anyValues,
    })
    .map(({ into, out, plan: { batch, open, larger }, bias, deep, after, x, weight }) => ({
      inputs: [{ name: 'x', declared: [open || larger !== null ? 'batch' : batch, into], values: x }],
      runs: larger === null ? [{ batch }] : [{ batch: batch + larger.batch }, { batch }],
      parameters: { '*': weight },
      build: (layers, [value]) => {
        const first = layers.linear('linear', value, { features: out, bias });
        return activate(layers, deep ? layers.linear('second', first, { features: 3, bias }) : first, after);
      },
    })),
);
