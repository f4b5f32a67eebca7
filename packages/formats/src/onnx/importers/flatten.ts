import { numberOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';

export const flatten: Importer = ({ layers, node, valueAt }) =>
  layers.flatten(node.output, valueAt(0), { axis: numberOf(node, 'axis', 1) });
