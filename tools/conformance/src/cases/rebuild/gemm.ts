import { countElements, formatShape, InputError, type Shape, type Tensor, type Value } from '@strata/core';
import { numberOf } from './attributes.js';
import type { Rebuild, Rebuilding } from './types.js';

/**
 * Y = alpha·A'·B' + beta·C as a linear layer: weights [out, in] = alpha·B'ᵀ and bias = beta·C, scaled in float64 and
 * rounded once. A transposed A is given transposed, for core has no transpose. A C that differs by row is added as a
 * parameter of its own.
 */
export const rebuildGemm: Rebuild = (rebuilding) => {
  const { layers, source } = rebuilding;
  const a = rebuilding.tensorAt(0);
  const b = rebuilding.tensorAt(1);
  const x = rebuilding.give(0, numberOf(source, 'transA', 0) === 1 ? transpose(a) : a);
  const weights = numberOf(source, 'transB', 0) === 1 ? b : transpose(b);
  const [features] = weights.shape;
  rebuilding.bind('linear.weight', scale(weights, numberOf(source, 'alpha', 1)));
  if (!rebuilding.has(2)) return layers.linear('linear', x, { features, bias: false });
  const c = scale(rebuilding.tensorAt(2), numberOf(source, 'beta', 1));
  const bias = asVector(c, features);
  if (bias === undefined) return addMatrix(rebuilding, layers.linear('linear', x, { features, bias: false }), c);
  rebuilding.bind('linear.bias', bias);
  return layers.linear('linear', x, { features });
};

function addMatrix({ layers, bind }: Rebuilding, product: Value, c: Tensor): Value {
  bind('matrix', c);
  return layers.add('sum', product, layers.parameter('matrix', c.shape));
}

function transpose({ shape, data }: Tensor): Tensor {
  const [rows, columns] = twoAxes(shape);
  const turned = Float32Array.from({ length: rows * columns }, (_, i) => {
    const column = Math.floor(i / rows);
    const row = i % rows;
    return data[row * columns + column];
  });
  return { shape: [columns, rows], dtype: 'float32', data: turned };
}

function scale({ shape, data }: Tensor, factor: number): Tensor {
  return { shape, dtype: 'float32', data: Float32Array.from(data, (value) => value * factor) };
}

/** C as a bias [out] when all its rows are equal by shape: a scalar, [1], [out] or [1, out]. */
function asVector({ shape, data }: Tensor, features: number): Tensor | undefined {
  const rows = shape.length === 2 ? shape[0] : 1;
  if (rows !== 1) return undefined;
  const single = countElements(shape) === 1;
  return {
    shape: [features],
    dtype: 'float32',
    data: Float32Array.from({ length: features }, (_, o) => data[single ? 0 : o]),
  };
}

function twoAxes(shape: Shape): Shape {
  if (shape.length === 2) return shape;
  throw new InputError({ where: 'Gemm', got: formatShape(shape), want: 'two axes' });
}
