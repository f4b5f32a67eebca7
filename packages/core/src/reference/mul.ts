import { countElements } from '../tensor/shape.js';
import { arithmeticOf } from './bounds.js';
import { broadcastPositions } from './broadcast.js';
import { type JoinedSum, joinedSum } from './joined-sum.js';
import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * y = a · b with NumPy broadcasting.
 *
 * tolerance = (|a| + Eₐ)·(|b| + E_b)·(1 + u) − |a|·|b| + τ·(1 + |a| + |b|): one rounding of a product of which each factor
 * may be off, and each of the three may be flushed to zero when subnormal, a factor times the other one.
 *
 * A library's optimiser may scale the weights and the bias of the sum of products that gave a by a constant b instead.
 * Each then has a rounding of its own, u·|b|·(Σ|w||x| + |bias|), which is at most |b|·Eₐ/C as Eₐ ≥ C·u·(Σ|w||x| + |bias|):
 * what `joinedSum` grants for the error that the sum had already. The larger holds. Scaled weights may be beyond the
 * format, where the sum of what they are was not: above C·u of its largest number, anything may follow.
 */
export const mul: OpReference<'mul'> = ([a, b], _, { shape, bounds, producers = [] }) => {
  const { unitRoundoff, smallestNormal, largest } = arithmeticOf(bounds);
  const [fromA, fromB] = [broadcastPositions(a.shape, shape), broadcastPositions(b.shape, shape)];
  const [ofA, ofB] = producers;
  const scaledA = ofB === undefined ? joinedSum(ofA, bounds) : undefined;
  const scaledB = ofA === undefined ? joinedSum(ofB, bounds) : undefined;
  const value = new Float64Array(countElements(shape));
  const tolerance = new Float64Array(value.length);
  for (let i = 0; i < value.length; i++) {
    const [left, leftError] = [a.value[fromA[i]], a.tolerance[fromA[i]]];
    const [right, rightError] = [b.value[fromB[i]], b.tolerance[fromB[i]]];
    const [most, mostOther] = [Math.abs(left) + leftError, Math.abs(right) + rightError];
    // |a|·E_b + |b|·Eₐ + Eₐ·E_b, without the difference of two numbers that are nearly equal.
    const carried = most * rightError + Math.abs(right) * leftError;
    const apart = carried + unitRoundoff * most * mostOther + smallestNormal * (1 + most + mostOther);
    value[i] = left * right;
    tolerance[i] = Math.max(
      apart,
      boundScaled(scaledA, leftError, right, largest),
      boundScaled(scaledB, rightError, left, largest),
    );
    // What is infinite is times a number that may as well be 0, or have the other sign.
    if (!Number.isFinite(value[i]) && Math.min(Math.abs(left) - leftError, Math.abs(right) - rightError) <= 0) {
      value[i] = Number.NaN;
    }
  }
  const y = { shape, value, tolerance };
  openUnspecified(y);
  return y;
};

/** The tolerance of a sum, off by `error`, of which the weights are scaled. */
function boundScaled(sum: JoinedSum | undefined, error: number, scale: number, largest: number): number {
  if (sum === undefined || scale === 0) return 0;
  const scaled = Math.abs(scale) * error * sum.growth;
  return scaled > sum.factor * largest ? Number.POSITIVE_INFINITY : scaled + sum.floor * (1 + Math.abs(scale));
}
