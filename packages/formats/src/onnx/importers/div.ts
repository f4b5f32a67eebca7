import { InputError } from '@strata/core';
import type { Importer } from '../reading/types.js';

/** x / c with a constant c: x · (1/c), whose factor is rounded to float32; exact where c is a power of two. */
export const div: Importer = ({ layers, node, valueAt, constantAt, bind }) => {
  const x = valueAt(0);
  const { shape, data } = constantAt(1);
  if (data.includes(0)) throw new InputError({ where: node.name, got: 'a divisor of 0', want: 'other numbers' });
  const name = `${node.output}.factor`;
  bind(name, { shape, dtype: 'float32', data: Float32Array.from(data, (value) => 1 / value) });
  return layers.mul(node.output, x, layers.parameter(name, shape));
};
