import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { poolChoices } from './pools.js';
import { anyValues } from './values.js';

export const avgPool2dTrials = trialsOf(
  fc.record({ pool: poolChoices, countPadding: fc.boolean(), x: anyValues }).map(({ pool, countPadding, x }) => ({
    inputs: [{ name: 'x', declared: pool.pictures.declared, values: x }],
    runs: pool.pictures.runs,
    parameters: {},
    build: (layers, [picture]) => [layers.avgPool2d('pool', picture, { ...pool.options, countPadding })],
  })),
);
