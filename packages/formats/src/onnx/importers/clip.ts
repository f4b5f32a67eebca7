import { countElements, formatShape, InputError } from '@strata/core';
import { numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { Importer, Importing } from '../reading/types.js';

/**
 * Bounds are attributes up to opset 10, and inputs from 11 on, which have to be constants of one number. An infinite one
 * on its own side is none.
 */
export const clip: Importer = (importing) => {
  const { layers, node, valueAt } = importing;
  const min = boundOf(importing, 'min', 1, Number.NEGATIVE_INFINITY);
  const max = boundOf(importing, 'max', 2, Number.POSITIVE_INFINITY);
  return layers.clip(node.output, valueAt(0), {
    ...(min !== Number.NEGATIVE_INFINITY && { min }),
    ...(max !== Number.POSITIVE_INFINITY && { max }),
  });
};

function boundOf({ node, constantAt }: Importing, key: 'min' | 'max', position: number, none: number): number {
  if (node.opset < 11) return numberOf(node, key, none);
  if (!hasInput(node, position)) return none;
  const { shape, data } = constantAt(position);
  if (countElements(shape) === 1) return data[0];
  throw new InputError({ where: `${node.name}: ${key}`, got: formatShape(shape), want: 'one number' });
}
