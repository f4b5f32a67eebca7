import type { Importer } from '../reading/types.js';

/** x − c with a constant c: x + (−c), which is the same number. */
export const sub: Importer = ({ layers, node, valueAt, constantAt, bind }) => {
  const x = valueAt(0);
  const { shape, data } = constantAt(1);
  const name = `${node.output}.addend`;
  bind(name, { shape, dtype: 'float32', data: Float32Array.from(data, (value) => -value) });
  return layers.add(node.output, x, layers.parameter(name, shape));
};
