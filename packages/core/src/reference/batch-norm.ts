import { arithmeticOf } from './bounds.js';
import { joinedSum } from './joined-sum.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * Roundings of one element. σ² + ε costs ½ after the root, the root 1, the quotient 1, times γ 1, x − μ 1, the product 1
 * and + β 1: 6½. A GPU's inverse square root may be off by 2 ulp = 4u (WGSL, Floating Point Accuracy) where root and quotient cost 2.
 * γ/√… and β − μ·γ/√… beforehand, then x·scale + shift, costs no more. Rounded up. In 10⁵ elements in
 * float32, computed both ways, the worst is 0.31 of the tolerance.
 */
const ROUNDINGS = 10;

/**
 * y = γ·(x − μ)/√(σ² + ε) + β for each channel (axis 1).
 *
 * With g = |γ|/√(σ² + ε): tolerance = 3·τ + 10u·(g·(|x| + E + |μ|) + |β|) + g·E, the op being linear in x.
 *
 * Folded into the convolution before it (weights w·g and bias b·g − μ·g + β, rounded once from float64), also through
 * adds that were joined to it, the bias's parts pass through the sum (`joinedSum`) and the weights have a rounding of
 * their own: (C+2)·u·(g·|μ| + |β|) + (K+1)·τ, and u·g·(Σ|w||x| + |b|), which is at most g·E/C as
 * E ≥ C·u·(Σ|w||x| + |b|). A backend may do either, so the larger holds.
 */
export const batchNorm: OpReference<'batchNorm'> = (inputs, { epsilon }, context) => {
  const [x, scale, shift, mean, variance] = inputs;
  const [, channels] = x.shape;
  const { unitRoundoff, smallestNormal, largest } = arithmeticOf(context.bounds);
  const own = ROUNDINGS * unitRoundoff + (context.bounds.profile === 'half' ? 2 * unitRoundoff : 0);
  const folded = joinedSum(context.producers?.[0], context.bounds);
  const growth = folded?.growth ?? 1;
  const perChannel = x.value.length / (x.shape[0] * channels);
  const value = new Float64Array(x.value.length);
  const tolerance = new Float64Array(x.value.length);
  for (let i = 0; i < value.length; i++) {
    const channel = Math.floor(i / perChannel) % channels;
    const root = Math.sqrt(variance.value[channel] + epsilon);
    const gain = Math.abs(scale.value[channel]) / root;
    const constant = gain * Math.abs(mean.value[channel]) + Math.abs(shift.value[channel]);
    const separate = own * (gain * (Math.abs(x.value[i]) + x.tolerance[i]) + constant) + 3 * smallestNormal;
    const inside = folded === undefined ? 0 : (folded.factor + 2 * unitRoundoff) * constant + folded.floor;
    value[i] = (scale.value[channel] * (x.value[i] - mean.value[channel])) / root + shift.value[channel];
    tolerance[i] = Math.max(separate, inside) + gain * x.tolerance[i] * growth;
  }
  const y = { shape: x.shape, value, tolerance };
  openUnspecified(y, own * largest);
  return y;
};
