import type { Importer } from '../reading/types.js';

/** x · max(0, min(1, x/6 + 1/2)), as its two factors. */
export const hardSwish: Importer = ({ layers, node, valueAt }) => {
  const x = valueAt(0);
  return layers.mul(node.output, x, layers.hardSigmoid(`${node.output}.gate`, x, { alpha: 1 / 6, beta: 0.5 }));
};
