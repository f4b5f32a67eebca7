import type { Tensor } from '@strata/core';
import fc from 'fast-check';
import { coarse, convChoices, gaussian } from './choices.js';
import { type Law, plain, take, takeFrom } from './law.js';
import { modelOn } from './model.js';

export const restLaws: readonly Law[] = [
  {
    name: 'pictures of a batch do not mix',
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
  {
    name: 'softmax does not mind a shift',
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
  {
    name: 'add does not mind the order, nor does batchNorm of a batch',
    ops: ['add', 'batchNorm'],
    cases: convChoices.map(({ seed, channels, height, width }) => {
      const x = gaussian([2, channels, height, width], seed);
      const swapped = take(x, 0, [1, 0]);
      const weights = {
        offset: gaussian([channels, 1, 1], seed + 1),
        'norm.scale': gaussian([channels], seed + 2),
        'norm.shift': gaussian([channels], seed + 3),
        'norm.mean': gaussian([channels], seed + 4),
        'norm.variance': { ...gaussian([channels], seed + 5), data: gaussian([channels], seed + 5).data.map(Math.abs) },
      };
      const model = (pictures: Tensor, first: boolean) =>
        modelOn(pictures, weights, (layers, value) => {
          const offset = layers.parameter('offset', [channels, 1, 1]);
          const sum = first ? layers.add('sum', value, offset) : layers.add('sum', offset, value);
          return layers.batchNorm('norm', sum, { epsilon: 1e-3 });
        });
      return { left: plain(model(swapped, true)), right: takeFrom(model(x, false), 0, [1, 0]) };
    }),
  },
];
