import { numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { Importer } from '../reading/types.js';

/** The rate has no part at inference. From opset 12 on it is an input. */
export const dropout: Importer = ({ layers, node, valueAt, constantAt }) => {
  const rate = hasInput(node, 1) ? constantAt(1).data[0] : numberOf(node, 'ratio', 0.5);
  return layers.dropout(node.output, valueAt(0), { rate });
};
