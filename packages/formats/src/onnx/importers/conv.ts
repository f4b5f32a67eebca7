import { numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { Importer } from '../reading/types.js';
import { windowOf } from '../reading/window.js';

/** The window is the weights' own, [out, in / groups, rows, columns]. */
export const conv: Importer = ({ layers, node, valueAt, constantAt, bind }) => {
  const x = valueAt(0);
  const weights = constantAt(1);
  const [filters, , rows, columns] = weights.shape;
  const bias = hasInput(node, 2);
  bind(`${node.output}.weight`, weights);
  if (bias) bind(`${node.output}.bias`, constantAt(2));
  return layers.conv2d(node.output, x, {
    filters,
    ...windowOf(node, x, [rows, columns]),
    groups: numberOf(node, 'group', 1),
    bias,
  });
};
