import { numberOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';
import { poolWindowOf } from '../reading/window.js';

export const averagePool: Importer = ({ layers, node, valueAt }) => {
  const x = valueAt(0);
  const countPadding = numberOf(node, 'count_include_pad', 0) === 1;
  return layers.avgPool2d(node.output, x, { ...poolWindowOf(node, x), countPadding });
};
