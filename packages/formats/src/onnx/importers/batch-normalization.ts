import { numberOf } from '../reading/attributes.js';
import type { Importer } from '../reading/types.js';

export const batchNormalization: Importer = ({ layers, node, valueAt, constantAt, bind }) => {
  for (const [index, part] of ['scale', 'shift', 'mean', 'variance'].entries()) {
    bind(`${node.output}.${part}`, constantAt(index + 1));
  }
  return layers.batchNorm(node.output, valueAt(0), { epsilon: numberOf(node, 'epsilon', 1e-5) });
};
