import { InputError } from '@strata/core';
import { listOf, numberOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';

/** Sizes are an input from opset 5 on. A 0 that means no element (allowzero) is refused, for no tensor is empty. */
export const reshape: Importer = ({ layers, node, valueAt, constantAt }) => {
  const shape = node.opset < 5 ? (listOf(node, 'shape') ?? []) : [...constantAt(1).data];
  if (numberOf(node, 'allowzero', 0) !== 0 && shape.includes(0)) {
    throw new InputError({ where: node.name, got: 'a size of 0 under allowzero', want: 'sizes of at least 1' });
  }
  return layers.reshape(node.output, valueAt(0), { shape });
};
