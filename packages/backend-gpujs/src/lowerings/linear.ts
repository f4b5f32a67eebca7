import { describeNode } from '@strata/core';
import { outputShape } from '../kernels/shapes.js';
import { sumOfProducts } from '../kernels/sum-of-products.js';
import type { Lowering } from '../kernels/types.js';

export const linear: Lowering<'linear'> = (node, plan) => {
  const [xName, weightsName, biasName] = node.inputs;
  const x = plan.value(xName);
  const w = plan.weights(weightsName);
  const shape = outputShape(node, plan);
  const [batch, features] = shape;
  const [, terms] = x.shape;
  return plan.call(describeNode(node), {
    shape,
    extent: { planes: batch, rows: 1, columns: features },
    reads: { x },
    constants: biasName === undefined ? { w } : { w, b: plan.weights(biasName) },
    body: (names) => `
      ${sumOfProducts(
        {
          x: names.x,
          weights: 'this.constants.w',
          startX: `plane * ${terms}`,
          startWeights: `pixel * ${terms}`,
          axes: [{ count: terms, inX: 1, inWeights: 1 }],
          initial: biasName === undefined ? '0.0' : 'this.constants.b[pixel]',
        },
        plan.style,
      )}
      return ${node.attributes.activation === 'relu' ? 'Math.max(sum, 0.0)' : 'sum'};`,
  });
};
