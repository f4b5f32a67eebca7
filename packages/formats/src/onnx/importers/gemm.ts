import { countElements, InputError, type Tensor } from '@strata/core';
import { numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import { transposeMatrix } from '../reading/matrix.js';
import type { Importer } from '../reading/types.js';

/**
 * Y = alpha·A·B' + beta·C as a linear layer: weights [out, in] = alpha·B'ᵀ and bias = beta·C, scaled in float64 and
 * rounded once. A C that differs by row is added as a parameter of its own. A transposed A is refused, for core has no
 * transpose.
 */
export const gemm: Importer = ({ layers, node, valueAt, constantAt, bind }) => {
  const { name, output } = node;
  if (numberOf(node, 'transA', 0) === 1) throw new InputError({ where: name, got: 'transA 1', want: '0' });
  const x = valueAt(0);
  const b = constantAt(1);
  const weights = numberOf(node, 'transB', 0) === 1 ? b : transposeMatrix(b, `${name}: B`);
  const [features] = weights.shape;
  const c = hasInput(node, 2) ? scale(constantAt(2), numberOf(node, 'beta', 1)) : undefined;
  const bias = c && asVector(c, features);
  const matrix = bias === undefined ? c : undefined;
  const layer = matrix === undefined ? output : `${output}.product`;
  bind(`${layer}.weight`, scale(weights, numberOf(node, 'alpha', 1)));
  if (bias !== undefined) bind(`${layer}.bias`, bias);
  const product = layers.linear(layer, x, { features, bias: bias !== undefined });
  if (matrix === undefined) return product;
  bind(`${output}.matrix`, matrix);
  return layers.add(output, product, layers.parameter(`${output}.matrix`, matrix.shape));
};

/** The tensor itself where nothing is to be scaled. */
function scale(tensor: Tensor, factor: number): Tensor {
  if (factor === 1) return tensor;
  const { shape, data } = tensor;
  const scaled = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) scaled[i] = data[i] * factor;
  return { shape, dtype: 'float32', data: scaled };
}

/** C as a bias [out] when all its rows are equal by shape: a scalar, [1], [out] or [1, out]. */
function asVector(tensor: Tensor, features: number): Tensor | undefined {
  const { shape, data } = tensor;
  if (shape.length === 1 && shape[0] === features) return tensor;
  const rows = shape.length === 2 ? shape[0] : 1;
  if (rows !== 1) return undefined;
  const single = countElements(shape) === 1;
  return {
    shape: [features],
    dtype: 'float32',
    data: Float32Array.from({ length: features }, (_, o) => data[single ? 0 : o]),
  };
}
