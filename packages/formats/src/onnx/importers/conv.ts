import { InputError } from '@strata/core';
import { numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { Importer } from '../reading/types.js';
import { windowOf } from '../reading/window.js';

/** The window is the weights' own, [out, in / groups, rows, columns]. */
export const conv: Importer = ({ layers, node, valueAt, constantAt, bind }) => {
  const x = valueAt(0);
  const weights = constantAt(1);
  if (weights.shape.length !== 4 || x.shape.length !== 4) {
    const got = `x [${x.shape}], weights [${weights.shape}]`;
    throw new InputError({ where: node.name, got, want: 'two axes of pictures behind batch and channels' });
  }
  const [filters, , rows, columns] = weights.shape;
  const bias = hasInput(node, 2);
  bind(`${node.output}.weight`, weights);
  if (bias) bind(`${node.output}.bias`, constantAt(2));
  return layers.conv2d(node.output, x, {
    filters,
    ...windowOf(node, x, [rows, columns]),
    groups: numberOf(node, 'group', 1),
    bias,
  });
};
