import type { Importer } from '../reading/types.js';

/** Core's dropout at rate 0 stands for Identity. */
export const identity: Importer = ({ layers, node, valueAt }) => layers.dropout(node.output, valueAt(0), { rate: 0 });
