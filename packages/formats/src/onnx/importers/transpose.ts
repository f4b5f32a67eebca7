import { listOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';

/** Without `perm` all axes in reverse, as in core. */
export const transpose: Importer = ({ layers, node, valueAt }) => {
  const permutation = listOf(node, 'perm');
  return layers.transpose(node.output, valueAt(0), permutation === undefined ? {} : { permutation });
};
