import type { Tensor } from '@strata/core';
import { convChoices, gaussian } from './choices.js';
import { type Law, plain, take, takeFrom } from './law.js';
import { modelOn } from './model.js';

export const addLaws: readonly Law[] = [
  {
    name: 'add is commutative, and batchNorm computes pictures separately',
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
