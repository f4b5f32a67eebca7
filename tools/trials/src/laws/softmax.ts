import type { Tensor } from '@strata/core';
import fc from 'fast-check';
import { coarse, convChoices } from './choices.js';
import { type Law, plain } from './law.js';
import { modelOn } from './model.js';

export const softmaxLaws: readonly Law[] = [
  {
    name: 'softmax is unchanged by adding a constant',
    ops: ['softmax'],
    cases: fc
      .tuple(convChoices, fc.integer({ min: -64, max: 64 }), fc.nat({ max: 2 }))
      .map(([{ seed, batch, channels, width }, shift, axis]) => {
        const x = coarse([batch, channels, width], seed);
        const moved: Tensor = { ...x, data: Float32Array.from(x.data, (value) => value + shift) };
        const side = (values: Tensor) =>
          plain(modelOn(values, {}, (layers, value) => layers.softmax('softmax', value, { axis })));
        return { left: side(moved), right: side(x) };
      }),
  },
];
