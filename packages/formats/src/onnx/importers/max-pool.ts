import type { Importer } from '../reading/types.js';
import { poolWindowOf } from '../reading/window.js';

export const maxPool: Importer = ({ layers, node, valueAt }) => {
  const x = valueAt(0);
  return layers.maxPool2d(node.output, x, poolWindowOf(node, x));
};
