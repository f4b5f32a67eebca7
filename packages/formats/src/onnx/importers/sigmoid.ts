import type { Importer } from '../reading/types.js';

export const sigmoid: Importer = ({ layers, node, valueAt }) => layers.sigmoid(node.output, valueAt(0));
