import { describeNode } from '@strata/core';
import { lowerInBlocks, suitsBlocks } from '../kernels/conv2d-blocked.js';
import { readConv2d } from '../kernels/conv2d-parts.js';
import { int, quotient } from '../kernels/source.js';
import { sumOfProducts } from '../kernels/sum-of-products.js';
import type { Lowering } from '../kernels/types.js';

/** Pads once, then sums over channels and window without a branch. */
export const conv2d: Lowering<'conv2d'> = (node, plan) => {
  if (suitsBlocks(node, plan.value(node.inputs[1]), plan)) return lowerInBlocks(node, plan);
  const { stride, groups, activation } = node.attributes;
  const { x, weights, bias, shape, axes } = readConv2d(node, plan);
  const [batch, filters, rows, columns] = shape;
  const [, channels, height, width] = x.shape;
  const inPerGroup = channels / groups;
  return plan.call(describeNode(node), {
    shape,
    extent: { planes: batch * filters, rows, columns },
    reads: { x },
    constants: bias === undefined ? { w: weights } : { w: weights, b: bias },
    body: (names) => `
      ${int('n', batch === 1 ? '0' : quotient('plane', filters))}
      ${int('o', batch === 1 ? 'plane' : `plane - n * ${filters}`)}
      ${int('channel', groups === 1 ? '0' : quotient('o', filters / groups))}
      channel = n * ${channels} + channel * ${inPerGroup};
      ${sumOfProducts(
        {
          x: names.x,
          weights: 'this.constants.w',
          startX: `channel * ${height * width} + row * ${stride[0] * width} + column * ${stride[1]}`,
          startWeights: `o * ${weights.length / filters}`,
          axes,
          initial: bias === undefined ? '0.0' : 'this.constants.b[o]',
        },
        plan.style,
      )}
      return ${activation === 'relu' ? 'Math.max(sum, 0.0)' : 'sum'};`,
  });
};
