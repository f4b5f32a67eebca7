import { numberOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';

export const hardSigmoid: Importer = ({ layers, node, valueAt }) =>
  layers.hardSigmoid(node.output, valueAt(0), {
    alpha: numberOf(node, 'alpha', 0.2),
    beta: numberOf(node, 'beta', 0.5),
  });
