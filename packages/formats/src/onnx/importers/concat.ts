import { numberOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';

export const concat: Importer = ({ layers, node, valueAt }) => {
  const parts = node.inputs.map((_, position) => valueAt(position));
  return layers.concat(node.output, parts, { axis: numberOf(node, 'axis', 0) });
};
