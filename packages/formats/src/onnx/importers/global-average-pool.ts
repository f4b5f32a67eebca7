import type { Importer } from '../reading/types.js';

export const globalAveragePool: Importer = ({ layers, node, valueAt }) => layers.globalAvgPool(node.output, valueAt(0));
