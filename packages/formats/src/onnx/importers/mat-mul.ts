import { InputError } from '@strata/core';
import { transposeMatrix } from '../reading/matrix.js';
import type { Importer } from '../reading/types.js';

/** x · B with x [batch, in] and a constant B [in, out] as a linear layer without a bias. */
export const matMul: Importer = ({ layers, node, valueAt, constantAt, bind }) => {
  const x = valueAt(0);
  if (x.shape.length !== 2) throw new InputError({ where: node.name, got: `x [${x.shape}]`, want: 'two axes' });
  const weights = transposeMatrix(constantAt(1), `${node.name}: B`);
  bind(`${node.output}.weight`, weights);
  return layers.linear(node.output, x, { features: weights.shape[0], bias: false });
};
