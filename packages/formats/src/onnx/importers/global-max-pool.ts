import type { Importer } from '../reading/types.js';

export const globalMaxPool: Importer = ({ layers, node, valueAt }) => layers.globalMaxPool(node.output, valueAt(0));
