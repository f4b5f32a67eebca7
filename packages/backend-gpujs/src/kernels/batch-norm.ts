import { describeNode } from '@strata/core';
import { productOfSizes } from './shapes.js';
import { int, quotient } from './source.js';
import type { Lowering } from './types.js';

/** y = factor·x + offset, both folded in float64 from the stored statistics. */
export const lowerBatchNorm: Lowering<'batchNorm'> = (node, plan) => {
  const [xName, ...statistics] = node.inputs;
  const x = plan.value(xName);
  const [batch, channels, ...inner] = x.shape;
  const [scale, shift, mean, variance] = statistics.map(plan.weights);
  const factorOf = (channel: number) => scale[channel] / Math.sqrt(variance[channel] + node.attributes.epsilon);
  const factor = plan.derive(`${node.name}: factor`, () => Float32Array.from(scale, (_, channel) => factorOf(channel)));
  const offset = plan.derive(`${node.name}: offset`, () =>
    Float32Array.from(shift, (value, channel) => value - factorOf(channel) * mean[channel]),
  );
  return plan.call(describeNode(node), {
    shape: x.shape,
    extent: { planes: batch * channels, rows: 1, columns: productOfSizes(inner) },
    reads: { x },
    constants: { factor, offset },
    body: (names) => `
      ${int('channel', batch === 1 ? 'plane' : quotient('plane', channels))}
      ${batch === 1 ? '' : `channel = plane - channel * ${channels};`}
      return ${names.x}[at] * this.constants.factor[channel] + this.constants.offset[channel];`,
  });
};
