import fc from 'fast-check';
import { between } from './between.js';
import { trialsOf } from './compose.js';
import { poolChoices } from './pools.js';
import { anyValues } from './values.js';

export const avgPool2dTrials = trialsOf(
  fc.record({ pool: poolChoices, countPadding: fc.boolean(), x: anyValues }).map(({ pool, countPadding, x }) => ({
    inputs: [{ name: 'x', declared: pool.pictures.declared, values: x }],
    runs: pool.pictures.runs,
    parameters: { '*': pool.weight },
    build: (layers, [picture]) =>
      between(layers, picture, pool.around, (value) =>
        layers.avgPool2d('pool', value, { ...pool.options, countPadding }),
      ),
  })),
);
