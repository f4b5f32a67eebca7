import { numberOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';

export const lrn: Importer = ({ layers, node, valueAt }) =>
  layers.lrn(node.output, valueAt(0), {
    size: numberOf(node, 'size', Number.NaN),
    alpha: numberOf(node, 'alpha', 1e-4),
    beta: numberOf(node, 'beta', 0.75),
    k: numberOf(node, 'bias', 1),
  });
