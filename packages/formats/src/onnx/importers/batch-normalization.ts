import { InputError } from '@strata/core';
import { numberOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';

/** With the mean and variance that it has learnt, not those of a batch, and one of each a channel. */
export const batchNormalization: Importer = ({ layers, node, valueAt, constantAt, bind }) => {
  if (numberOf(node, 'training_mode', 0) === 1 || numberOf(node, 'spatial', 1) === 0) {
    throw new InputError({
      where: node.name,
      got: 'training_mode, or spatial 0',
      want: 'inference, a value a channel',
    });
  }
  for (const [index, part] of ['scale', 'shift', 'mean', 'variance'].entries()) {
    bind(`${node.output}.${part}`, constantAt(index + 1));
  }
  return layers.batchNorm(node.output, valueAt(0), { epsilon: numberOf(node, 'epsilon', 1e-5) });
};
