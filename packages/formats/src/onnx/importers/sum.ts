import type { Importer } from '../reading/types.js';

/** Added from the left, one after the other. */
export const sum: Importer = ({ layers, node, valueAt }) => {
  const [first, ...others] = node.inputs.map((_, position) => valueAt(position));
  if (others.length === 0) return layers.dropout(node.output, valueAt(0), { rate: 0 });
  return others.reduce((total, value, index) => {
    const name = index === others.length - 1 ? node.output : `${node.output}.sum${index + 2}`;
    return layers.add(name, total, value);
  }, first);
};
