import type { Importer } from '../reading/types.js';

export const relu: Importer = ({ layers, node, valueAt }) => layers.relu(node.output, valueAt(0));
