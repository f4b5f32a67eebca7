import type { DeviceReport, Precision } from '../backend/types.js';
import type { Judged } from './judged.js';

/** What decides how wide the tolerances are. */
export interface Bounds {
  /** `'float32'`; `'tf32'` (conv2d and linear round their operands to 11 bits); `'half'` (half throughout). */
  readonly profile: Precision;
  /**
   * Whether the data is constant, sorted, repeated or of wide range, so that roundings add up instead of cancelling.
   */
  readonly structured: boolean;
  /** How the library convolves: all but `'direct'` mix neighbouring pixels. */
  readonly convolution: DeviceReport['convolution'];
  /**
   * How a sum passes on its terms' errors: `'worst'` adds their magnitudes, Σ|w|E, which no right result can exceed;
   * `'independent'` adds them as independent ones, √Σ(w·E)², and lets a relu cut them with its values, which whole
   * networks need: see `passedOn` and `relu`.
   */
  readonly propagation: 'worst' | 'independent';
}

/** A floating-point format. */
export interface Arithmetic {
  /** u: the largest relative error of one rounding to nearest. */
  readonly unitRoundoff: number;
  /** τ: the smallest normal number; what is below may be flushed to zero. */
  readonly smallestNormal: number;
  readonly largest: number;
}

/** IEEE 754 binary32. */
export const float32: Arithmetic = {
  unitRoundoff: 2 ** -24,
  smallestNormal: 2 ** -126,
  largest: (2 - 2 ** -23) * 2 ** 127,
};

/** IEEE 754 binary16. */
export const half: Arithmetic = { unitRoundoff: 2 ** -11, smallestNormal: 2 ** -14, largest: 65504 };

/** Unit roundoff of an operand that was cut to TF32 or half, which both keep 11 significant bits. */
const SHORT_OPERAND = 2 ** -11;

/** The format in which results are rounded. TF32 shortens operands only; its sums are float32. */
export function arithmeticOf({ profile }: Bounds): Arithmetic {
  return profile === 'half' ? half : float32;
}

/** How far a number that enters a network may be changed on its way in: it is rounded only where storage is half. */
export function entryError(x: number, { profile }: Bounds): number {
  return profile === 'half' ? half.unitRoundoff * Math.abs(x) + half.smallestNormal : 0;
}

/** The bound of a sum: `floor + factor · mag`, mag = the sum of its terms' magnitudes. */
export interface SumBound {
  readonly factor: number;
  readonly floor: number;
  /** Above this tolerance mag is beyond the format's range: a partial sum may overflow, and anything may follow. */
  readonly limit: number;
}

/**
 * The bound of a sum of `terms` products (a bias counts as one), in whatever order it is taken.
 *
 * factor = C·u. C = K + 2 always holds: a term passes through at most K roundings in a sum and one in its product, and
 * one more scales an average (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §3.1 and §4.2). On data
 * without structure the roundings are as good as independent and grow like √K (Higham and Mary, A new approach to
 * probabilistic rounding error analysis, SIAM J. Sci. Comput. 41, 2019): C = 4 + 2√K.
 *
 * Measured: serial float32 sums reach 35 at K = 1,728 on positive data, where C is 87, and 431 on constant rows, hence
 * `structured`. In 67,500 right sums and more for each K up to 17, the worst error is 0.2 to 0.4 of the tolerance; in
 * 10,000 of positive data at K = 1,001 it is 0.45. On zero-mean data, or summed pairwise or in lanes, long sums stay
 * far below (0.06 and less at K = 1,001), more than ten times in places: mag and K do not know of signs and order, so
 * the bound has to leave room for the worst of both.
 *
 * floor = (K + 1)·τ: each product and the result may fall below the normal numbers and be flushed.
 *
 * `'rounded'` operands of TF32 and half are each off by a factor (1 + δ), |δ| ≤ v = 2⁻¹¹, so products by 2v + v².
 */
export function boundSum(terms: number, bounds: Bounds, operands: 'exact' | 'rounded'): SumBound {
  const { unitRoundoff, smallestNormal, largest } = arithmeticOf(bounds);
  const growth = bounds.structured ? terms + 2 : 4 + 2 * Math.sqrt(terms);
  const shortened = operands === 'rounded' && bounds.profile !== 'float32';
  const factor = growth * unitRoundoff + (shortened ? 2 * SHORT_OPERAND + SHORT_OPERAND ** 2 : 0);
  return { factor, floor: (terms + 1) * smallestNormal, limit: factor * largest };
}

/**
 * The rounding of the term of a sum that holds x, to be weighted by |w|; the library's x may be larger by its error.
 */
export function termRoundings({ value, tolerance }: Judged, { factor }: SumBound): Float64Array {
  return value.map((x, i) => factor * (Math.abs(x) + tolerance[i]));
}

/**
 * The norm in which errors of terms add up: 1 for `'worst'`, 2 for `'independent'`.
 *
 * Worst cases grow by Σ|w| at every layer, which is tens: GoogLeNet's last tolerance is 10²² of its largest output, and
 * judges nothing. Rounding errors are no conspiracy: taken as independent they grow by √Σw², which is about 1 in a
 * network that keeps its signal's size (2·10⁻⁴ of the largest output at GoogLeNet's end). They are not quite
 * independent, as they stem from shared values; the slack of `boundSum` covers that: in runs of three GoogLeNet
 * variants on ONNX Runtime, TensorFlow.js and gpu.js no element of any layer passed 0.20 of its tolerance with weights
 * around zero, nor 0.61 with mostly positive ones, where errors are most alike (`docs/networks.mjs`). Not for
 * structured data.
 */
export function passedOn({ propagation }: Bounds): 1 | 2 {
  return propagation === 'worst' ? 1 : 2;
}
