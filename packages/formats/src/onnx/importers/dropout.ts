import { InputError } from '@strata/core';
import { numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { Importer } from '../reading/types.js';

/** The rate has no part at inference. From opset 12 on it is an input. */
export const dropout: Importer = ({ layers, node, valueAt, constantAt }) => {
  if (hasInput(node, 2) && constantAt(2).data[0] !== 0) {
    throw new InputError({ where: node.name, got: 'training_mode', want: 'inference' });
  }
  const rate = hasInput(node, 1) ? constantAt(1).data[0] : numberOf(node, 'ratio', 0.5);
  return layers.dropout(node.output, valueAt(0), { rate });
};
