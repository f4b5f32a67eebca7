import { boundSum, passedOn, termRoundings } from './bounds.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';
import { rectify } from './relu.js';

/**
 * y[n,o] = b[o] + Σᵢ w[o,i]·x[n,i].
 *
 * tolerance = (K+1)·τ + C·u·(Σ|w|(|x| + E) + |b|) + Σ|w|E, K = in (+ 1 with a bias): `boundSum`; linear, as conv2d. A fused
 * relu keeps it.
 */
export const linear: OpReference<'linear'> = ([x, weights, bias], { activation }, { shape, bounds }) => {
  const [batch, out] = shape;
  const [, features] = weights.shape;
  const bound = boundSum(features + (bias === undefined ? 0 : 1), bounds, 'rounded');
  const roundings = termRoundings(x, bound);
  const norm = passedOn(bounds);
  const value = new Float64Array(batch * out);
  const tolerance = new Float64Array(batch * out);
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < out; o++) {
      let sum = bias === undefined ? 0 : bias.value[o];
      let rounding = bound.floor + bound.factor * Math.abs(sum);
      let passed = 0;
      for (let i = 0; i < features; i++) {
        const w = weights.value[o * features + i];
        sum += w * x.value[n * features + i];
        rounding += Math.abs(w) * roundings[n * features + i];
        passed += Math.abs(w * x.tolerance[n * features + i]) ** norm;
      }
      value[n * out + o] = sum;
      tolerance[n * out + o] = rounding + passed ** (1 / norm);
    }
  }
  const y = { shape, value, tolerance };
  openUnspecified(y, bound.limit);
  return activation === 'relu' ? rectify(y, bounds) : y;
};
