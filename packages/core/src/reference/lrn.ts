import { lrnWindow } from '../ops/lrn.js';
import { arithmeticOf } from './bounds.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * y = x / s^β, s = k + alpha/size · Σ x² over the channel's window. NCHW.
 *
 * Own tolerance: τ + u·|y|·(3 + β·(size + 3) + 4·(1 + β·|log₂ s|)). The bracket is a sum of positive terms, right to
 * (size + 3)·u, which the power multiplies by β; the power itself is exp₂(β·log₂ s), whose argument, off by a few u,
 * makes 4·β·|log₂ s| (the reason why it exceeds what a CPU's pow needs: WGSL, Floating Point Accuracy, allows GPUs just that); the
 * quotient and the last roundings are 3 + 4. In 10⁵ elements in float32 the worst is 0.26 of it.
 *
 * Inputs off by E: x̂ lies in x ± E and s in [s₋, s₊], the bracket over the box of the window's |x| ± E (and τ for each
 * square that is flushed to zero). y is x times a monotone function of s, so over that box, taken as independent, it is
 * farthest from its value at one of four corners. The own part is taken at the largest |ŷ| and |log₂ ŝ|.
 */
export const lrn: OpReference<'lrn'> = ([x], { size, alpha, beta, k }, { shape, bounds }) => {
  const { unitRoundoff, smallestNormal, largest } = arithmeticOf(bounds);
  const [batch, channels, height, width] = shape;
  const area = height * width;
  const power = Math.abs(beta);
  const flushed = (alpha + 1) * smallestNormal;
  const value = new Float64Array(x.value.length);
  const tolerance = new Float64Array(x.value.length);
  for (let n = 0; n < batch; n++) {
    for (let channel = 0; channel < channels; channel++) {
      const [first, last] = lrnWindow(channel, channels, size);
      for (let pixel = 0; pixel < area; pixel++) {
        let squares = 0;
        let least = 0;
        let most = 0;
        for (let c = first; c <= last; c++) {
          const i = (n * channels + c) * area + pixel;
          const magnitude = Math.abs(x.value[i]);
          squares += magnitude ** 2;
          least += Math.max(0, magnitude - x.tolerance[i]) ** 2;
          most += (magnitude + x.tolerance[i]) ** 2;
        }
        const i = (n * channels + channel) * area + pixel;
        const y = x.value[i] / (k + (alpha / size) * squares) ** beta;
        const low = Math.max(k, k + (alpha / size) * least - flushed);
        const high = k + (alpha / size) * most + flushed;
        const corners = [low, high].flatMap((s) =>
          [x.value[i] - x.tolerance[i], x.value[i] + x.tolerance[i]].map((numerator) => numerator / s ** beta),
        );
        const moved = Math.max(...corners.map((corner) => Math.abs(corner - y)));
        const logarithm = Math.max(Math.abs(Math.log2(low)), Math.abs(Math.log2(high)));
        const roundings = 3 + power * (size + 3) + 4 * (1 + power * logarithm);
        value[i] = y;
        tolerance[i] = smallestNormal + unitRoundoff * (Math.abs(y) + moved) * roundings + moved;
        // Squares or a power beyond the format's range overflow on the way.
        if (most > largest || high > largest || power * logarithm > Math.log2(largest)) {
          tolerance[i] = Number.POSITIVE_INFINITY;
        }
      }
    }
  }
  const result = { shape, value, tolerance };
  openUnspecified(result);
  return result;
};
