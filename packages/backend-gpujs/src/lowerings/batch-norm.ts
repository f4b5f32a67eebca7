import { describeNode } from '@strata/core';
import { productOfSizes } from '../kernels/shapes.js';
import { int, quotient } from '../kernels/source.js';
import type { Lowering } from '../kernels/types.js';

/** y = (x − μ)·g + β with g = γ/√(σ² + ε) from float64: the difference comes first, so that x = μ gives β exactly. */
export const batchNorm: Lowering<'batchNorm'> = (node, plan) => {
  const [xName, ...statistics] = node.inputs;
  const x = plan.value(xName);
  const [batch, channels, ...inner] = x.shape;
  const [scale, shift, mean, variance] = statistics.map(plan.weights);
  const gain = plan.derive(`${node.name}: gain`, () =>
    scale.map((gamma, channel) => gamma / Math.sqrt(variance[channel] + node.attributes.epsilon)),
  );
  return plan.call(describeNode(node), {
    shape: x.shape,
    extent: { planes: batch * channels, rows: 1, columns: productOfSizes(inner) },
    reads: { x },
    constants: { mean, gain, shift },
    body: (names) => `
      ${int('channel', batch === 1 ? 'plane' : quotient('plane', channels))}
      ${batch === 1 ? '' : `channel = plane - channel * ${channels};`}
      return (${names.x}[at] - this.constants.mean[channel]) * this.constants.gain[channel] + this.constants.shift[channel];`,
  });
};
