import { nodesOf, type Tensor, tensor, type Weights } from '@strata/core';
import { buildGoogLeNet, constantsOf, type Variant } from '../../src/index.js';

/** A picture that the fake backend gives class `index` a value of `value`. */
export function pictureOf(index: number, value = 9, side = 32): Tensor {
  const picture = tensor([1, side, side], new Float32Array(side * side));
  picture.data.set([value, index]);
  return picture;
}

/** Weights of 0 for a variant. */
export function zeros(variant: Variant): Weights {
  const parameters = nodesOf(buildGoogLeNet(variant), 'parameter').map(({ name, attributes: { shape } }) => [
    name,
    tensor(shape, new Float32Array(shape.reduce((product, size) => product * size, 1))),
  ]);
  return { ...Object.fromEntries(parameters), ...constantsOf(variant) };
}
