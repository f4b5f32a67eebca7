import type { Importer } from '../reading/types.js';

export const mul: Importer = ({ layers, node, valueAt }) => layers.mul(node.output, valueAt(0), valueAt(1));
