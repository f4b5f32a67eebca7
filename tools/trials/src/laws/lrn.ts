import fc from 'fast-check';
import { convChoices, gaussian } from './choices.js';
import { type Law, plain } from './law.js';
import { modelOn } from './model.js';

export const lrnLaws: readonly Law[] = [
  {
    name: 'lrn at alpha 0 divides by k to the beta',
    ops: ['lrn'],
    cases: fc
      .tuple(convChoices, fc.constantFrom(0.5, 0.75, 1.3), fc.constantFrom(0.5, 1, 3), fc.integer({ min: 1, max: 6 }))
      .map(([{ seed, batch, channels, height, width }, beta, k, size]) => {
        const x = gaussian([batch, channels, height, width], seed);
        const exact = Float64Array.from(x.data, (value) => value / k ** beta);
        return {
          left: plain(modelOn(x, {}, (layers, value) => layers.lrn('lrn', value, { size, alpha: 0, beta, k }))),
          right: {
            trials: [],
            combine: () => ({ shape: x.shape, value: exact, tolerance: new Float64Array(exact.length) }),
          },
        };
      }),
  },
];
