import { countElements } from '../tensor/shape.js';
import { arithmeticOf } from './bounds.js';
import { broadcastPositions } from './broadcast.js';
import { countAddends, type JoinedSum, joinedSum } from './joined-sum.js';
import type { OpReference } from './op-reference.js';

/**
 * y = a + b with NumPy broadcasting.
 *
 * tolerance = u·(|a| + |b|) + 3·τ + Eₐ + E_b: one rounding, and each operand and the sum may be flushed to zero when
 * subnormal. A NaN that comes in must come out; ∞ − ∞ is left open.
 *
 * A library may do otherwise, and the largest holds. Joined to the sum of products that gave a (`joinedSum`), b passes
 * through that sum: C·u·|b| + (K+1)·τ + Eₐ·(1 + 1/C) + E_b; and the other way round. In a chain of adds with n + 1
 * terms in all, taken in another order, each term passes through n roundings: n·u·(|a| + E) where a is one of them,
 * and where it is the sum of m, whose error was granted for m − 1 roundings, Eₐ·n/(m − 1).
 */
export const add: OpReference<'add'> = ([a, b], _, { shape, bounds, producers = [] }) => {
  const { unitRoundoff, smallestNormal } = arithmeticOf(bounds);
  const [fromA, fromB] = [broadcastPositions(a.shape, shape), broadcastPositions(b.shape, shape)];
  const [sumA, sumB] = [joinedSum(producers[0], bounds), joinedSum(producers[1], bounds)];
  const [addendsA, addendsB] = [countAddends(producers[0]), countAddends(producers[1])];
  const roundings = addendsA + addendsB - 1;
  /** What one operand may be off by behind all additions of the chain. */
  const inChain = (addends: number, value: number, error: number) =>
    addends === 1 ? roundings * unitRoundoff * (Math.abs(value) + error) + error : (error * roundings) / (addends - 1);
  const value = new Float64Array(countElements(shape));
  const tolerance = new Float64Array(value.length);
  for (let i = 0; i < value.length; i++) {
    const [left, leftError] = [a.value[fromA[i]], a.tolerance[fromA[i]]];
    const [right, rightError] = [b.value[fromB[i]], b.tolerance[fromB[i]]];
    const added =
      inChain(addendsA, left, leftError) + inChain(addendsB, right, rightError) + (roundings + 2) * smallestNormal;
    value[i] = left + right;
    tolerance[i] =
      Number.isNaN(left) || Number.isNaN(right)
        ? leftError + rightError
        : Math.max(
            added,
            boundJoined(sumA, leftError, right, rightError),
            boundJoined(sumB, rightError, left, leftError),
          );
  }
  return { shape, value, tolerance };
};

/** The tolerance of a sum that was off by `error` before `value`, off by up to `valueError`, was joined to it. */
function boundJoined(sum: JoinedSum | undefined, error: number, value: number, valueError: number): number {
  if (sum === undefined) return 0;
  return sum.factor * (Math.abs(value) + valueError) + sum.floor + error * sum.growth + valueError;
}
