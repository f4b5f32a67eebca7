import { InputError } from '@strata/core';
import type { Importer } from '../reading/types.js';

/** To float32, which all values are. */
export const cast: Importer = ({ layers, node, valueAt }) => {
  const { to } = node.attributes;
  if (to === 1 || to === 'FLOAT') return layers.dropout(node.output, valueAt(0), { rate: 0 });
  throw new InputError({ where: node.name, got: `elements of ONNX's type ${String(to)}`, want: 'float32, 1' });
};
