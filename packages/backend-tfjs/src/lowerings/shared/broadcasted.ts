import { broadcastShapes, countElements, toConcrete } from '@strata/core';
import * as tf from '@tensorflow/tfjs-core';
import { fromRowMajor, toRowMajor, type Value } from '../../layout.js';
import { elementwise } from './elementwise.js';

type Combine = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/**
 * Two values combined with NumPy broadcasting, which aligns the axes of the graph: a shorter operand gets its leading axes
 * before it is turned.
 */
export function broadcasted(combine: Combine, [a, b]: readonly Value[]): Value {
  if (a.shape.length === b.shape.length && a.shape.every((size, axis) => size === b.shape[axis])) {
    const flat = tf.reshape(b.tensor, a.tensor.shape);
    return {
      shape: a.shape,
      tensor: a.tensor.rank <= 4 ? combine(a.tensor, flat) : combineFlat(combine, a.tensor, flat),
    };
  }
  const shape = toConcrete(broadcastShapes('tfjs', a.shape, b.shape), 'tfjs');
  const rank = shape.length;
  if (rank <= 4) return { shape, tensor: combine(withRank(a, rank).tensor, withRank(b, rank).tensor) };
  const tensor = combineFlat(combine, expand(toRowMajor(a), shape), expand(toRowMajor(b), shape));
  return { shape, tensor };
}

/** The value with axes of size 1 in front. */
function withRank(value: Value, rank: number): Value {
  if (value.shape.length === rank) return value;
  const missing = new Array<number>(rank - value.shape.length).fill(1);
  return fromRowMajor(toRowMajor(value), [...missing, ...value.shape]);
}

/** Repeats axes of size 1 one after another, each as [outer, 1, inner]: so that no kernel gets more than three axes. */
function expand(tensor: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const sizes = [...new Array<number>(shape.length - tensor.rank).fill(1), ...tensor.shape];
  let expanded = tensor;
  for (const [axis, size] of shape.entries()) {
    if (sizes[axis] === size) continue;
    const [outer, inner] = [countElements(sizes.slice(0, axis)), countElements(sizes.slice(axis + 1))];
    expanded = tf.tile(tf.reshape(expanded, [outer, 1, inner]), [1, size, 1]);
    sizes[axis] = size;
  }
  return tf.reshape(expanded, [...shape]);
}

function combineFlat(combine: Combine, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return elementwise(a, (flat) => combine(flat, tf.reshape(b, flat.shape)));
}
