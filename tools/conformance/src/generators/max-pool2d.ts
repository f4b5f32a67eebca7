import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { poolChoices } from './pools.js';
import { valuesWith } from './values.js';

export const maxPool2dTrials = trialsOf(
  fc.record({ pool: poolChoices, x: valuesWith([Number.POSITIVE_INFINITY]) }).map(({ pool, x }) => ({
    inputs: [{ name: 'x', declared: pool.pictures.declared, values: x }],
    runs: pool.pictures.runs,
    parameters: {},
    build: (layers, [picture]) => [layers.maxPool2d('pool', picture, pool.options)],
  })),
);
