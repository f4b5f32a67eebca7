import fc from 'fast-check';
import { between, suited } from './between.js';
import { trialsOf } from './compose.js';
import { poolChoices } from './pools.js';
import { lowValues, valuesWith } from './values.js';

const values = fc.oneof(
  { arbitrary: valuesWith([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]), weight: 3 },
  { arbitrary: lowValues, weight: 1 },
);

export const maxPool2dTrials = trialsOf(
  fc.record({ pool: poolChoices, x: values }).map(({ pool, x }) => ({
    inputs: [{ name: 'x', declared: pool.pictures.declared, values: suited(x, pool.around) }],
    runs: pool.pictures.runs,
    parameters: { '*': pool.weight },
    build: (layers, [picture]) =>
      between(layers, picture, pool.around, (value) => layers.maxPool2d('pool', value, pool.options)),
  })),
);
