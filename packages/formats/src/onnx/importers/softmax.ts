import { InputError } from '@strata/core';
import { numberOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';

/** Before opset 13 the axes from `axis` on count as one; that is the same thing where there is only one of them. */
export const softmax: Importer = ({ layers, node, valueAt }) => {
  const x = valueAt(0);
  const last = x.shape.length - 1;
  const axis = numberOf(node, 'axis', node.opset < 13 ? 1 : -1);
  if (node.opset < 13 && axis !== last) {
    throw new InputError({
      where: node.name,
      got: `softmax of opset ${node.opset} over axes ${axis} to ${last}`,
      want: 'one axis',
    });
  }
  return layers.softmax(node.output, x, { axis });
};
