import type { Importer } from '../reading/types.js';

export const add: Importer = ({ layers, node, valueAt }) => layers.add(node.output, valueAt(0), valueAt(1));
