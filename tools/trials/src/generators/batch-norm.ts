import type { Value } from '@strata/core';
import fc from 'fast-check';
import { between, pictureChannels } from './between.js';
import { trialsOf } from './compose.js';
import { plans } from './sizes.js';
import { anyValues, positiveValues } from './values.js';

/**
 * Alone on any rank from 2, now and then before another on twice as many channels; between convolutions; and after a
 * convolution, where a pass may fold it, with or without a relu after it, and not where the value in between is read.
 */
export const batchNormTrials = trialsOf(
  fc
    .record({
      channels: pictureChannels,
      rest: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
      place: fc.oneof(
        { arbitrary: fc.constantFrom('alone' as const, 'behind a convolution' as const), weight: 9 },
        { arbitrary: fc.constant('between convolutions' as const), weight: 1 },
      ),
      bias: fc.boolean(),
      wider: fc.constantFrom(false, false, true),
      relu: fc.boolean(),
      also: fc.constantFrom('nothing' as const, 'nothing' as const, 'output' as const, 'reader' as const),
      epsilon: fc.constantFrom(1e-5, 1e-3, 0.1),
      plan: plans,
      x: anyValues,
      any: anyValues,
      variance: positiveValues,
    })
    .map(({ channels, rest, place, plan: { batch, larger }, x, any, variance, ...drawn }) => {
      const { bias, wider, relu, also, epsilon } = drawn;
      const conv = place === 'behind a convolution';
      const sizes = place !== 'alone' ? [rest[0] ?? 3, rest[1] ?? 4] : rest;
      const convOptions = { filters: 5, window: [1, 2], padding: [0, 1], bias } as const;
      return {
        inputs: [{ name: 'x', declared: ['batch', channels, ...sizes], values: x }],
        runs: larger === null ? [{ batch }] : [{ batch: batch + larger.batch }, { batch }],
        parameters: { '*': any, variance },
        build: (layers, [value]) => {
          const normalise = (before: Value) => layers.batchNorm('norm', before, { epsilon });
          if (place === 'between convolutions') return between(layers, value, 'convolutions', normalise);
          const before = conv ? layers.conv2d('conv', value, convOptions) : value;
          const norm = normalise(before);
          const last = relu ? layers.relu('relu', norm) : norm;
          if (!conv && wider) return [layers.batchNorm('wider', layers.concat('both', [last, last]), { epsilon })];
          if (!conv || also === 'nothing') return [last];
          return also === 'output' ? [last, before] : [layers.add('sum', last, before)];
        },
      };
    }),
);
