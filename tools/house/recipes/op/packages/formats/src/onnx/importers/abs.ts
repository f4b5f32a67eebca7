import type { Importer } from '../reading/types.js';

export const abs: Importer = ({ layers, node, valueAt }) => layers.abs(node.output, valueAt(0));
