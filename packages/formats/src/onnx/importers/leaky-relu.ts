import { numberOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';

export const leakyRelu: Importer = ({ layers, node, valueAt }) =>
  layers.leakyRelu(node.output, valueAt(0), { alpha: numberOf(node, 'alpha', 0.01) });
