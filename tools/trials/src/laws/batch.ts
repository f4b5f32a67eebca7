import type { Tensor } from '@strata/core';
import fc from 'fast-check';
import { convChoices, gaussian } from './choices.js';
import { type Law, plain, take, takeFrom } from './law.js';
import { modelOn } from './model.js';

export const batchLaws: readonly Law[] = [
  {
    name: 'pictures of a batch are computed separately',
    ops: ['conv2d', 'lrn', 'maxPool2d', 'softmax', 'relu'],
    cases: fc
      .tuple(convChoices, fc.integer({ min: 2, max: 4 }), fc.nat({ max: 3 }))
      .map(([{ seed, channels, filters, rows, columns, height, width }, batch, pick]) => {
        const x = gaussian([batch, channels, height, width], seed);
        const weights = {
          'conv.weight': gaussian([filters, channels, rows, columns], seed + 1),
          'conv.bias': gaussian([filters], seed + 2),
        };
        const model = (pictures: Tensor) =>
          modelOn(pictures, weights, (layers, picture) => {
            const conv = layers.conv2d('conv', picture, { filters, window: [rows, columns], activation: 'relu' });
            const pool = layers.maxPool2d('pool', layers.lrn('lrn', conv, { size: 3, alpha: 0.1 }), { window: 2 });
            return layers.softmax('softmax', pool, { axis: 1 });
          });
        const place = [pick % batch];
        return { left: plain(model(take(x, 0, place))), right: takeFrom(model(x), 0, place) };
      }),
  },
];
