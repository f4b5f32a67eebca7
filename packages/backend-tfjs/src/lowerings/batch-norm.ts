import { countElements } from '@strata/core';
import * as tf from '@tensorflow/tfjs-core';
import { pictures, type Value } from '../layout.js';
import { rank1 } from '../ranked.js';
import type { Lowering } from './types.js';

/**
 * y = (x − μ)·g + β with g = γ/√(σ² + ε) computed once in float64, so the kernel's own divisor is 1. Channels are put
 * last, where tfjs wants them.
 */
export const batchNorm: Lowering<'batchNorm'> = {
  prepare(node, tools) {
    const [, scaleName, shiftName, meanName, varianceName] = node.inputs;
    const { epsilon } = node.attributes;
    const [channels] = tools.host(scaleName).shape;
    const perChannel = (key: readonly (string | number)[], make: () => Float32Array) =>
      rank1(tools.constant(key, [channels], make));
    const gain = perChannel(['gain', scaleName, varianceName, epsilon], () => {
      const variance = tools.host(varianceName).data;
      return Float32Array.from(tools.host(scaleName).data, (gamma, c) => gamma / Math.sqrt(variance[c] + epsilon));
    });
    const shift = perChannel(['vector', shiftName, 0, channels], () => new Float32Array(tools.host(shiftName).data));
    const mean = perChannel(['vector', meanName, 0, channels], () => new Float32Array(tools.host(meanName).data));
    const half = perChannel(['½', scaleName], () => new Float32Array(channels).fill(0.5));
    // ½ + ½ = 1, not 1 + 0: WebGL also computes the unused lanes of its texels, whose variance is 0. With epsilon 0 they
    // become NaN, and a matrix product behind multiplies them by 0.
    const normalise = (x: Value) => tf.batchNorm(pictures(x), mean, half, shift, gain, 0.5);
    return ([x]) => {
      if (x.shape.length === 4) return { shape: x.shape, tensor: normalise(x) };
      const [batch, channels] = x.shape;
      const inner = countElements(x.shape.slice(2));
      const turned = tf.transpose(tf.reshape(x.tensor, [batch, channels, inner]), [0, 2, 1]);
      const picture = { shape: [batch, channels, 1, inner], tensor: tf.reshape(turned, [batch, 1, inner, channels]) };
      const rows = tf.transpose(tf.reshape(normalise(picture), [batch, inner, channels]), [0, 2, 1]);
      return { shape: x.shape, tensor: tf.reshape(rows, [...x.shape]) };
    };
  },
};
