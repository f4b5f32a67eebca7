import { countElements, type Shape, stridesOf } from '../tensor/shape.js';
import { arithmeticOf } from './bounds.js';
import type { OpReference } from './op-reference.js';

/**
 * y = a + b with NumPy broadcasting.
 *
 * tolerance = u·(|a| + |b|) + 3·τ + Eₐ + E_b: one rounding, and each operand and the sum may be flushed to zero when
 * subnormal. A NaN that comes in must come out; ∞ − ∞ is left open.
 */
export const add: OpReference<'add'> = ([a, b], _, { shape, bounds }) => {
  const { unitRoundoff, smallestNormal } = arithmeticOf(bounds);
  const fromA = broadcastPositions(a.shape, shape);
  const fromB = broadcastPositions(b.shape, shape);
  const value = new Float64Array(countElements(shape));
  const tolerance = new Float64Array(value.length);
  for (let i = 0; i < value.length; i++) {
    const left = a.value[fromA[i]];
    const right = b.value[fromB[i]];
    const passed = a.tolerance[fromA[i]] + b.tolerance[fromB[i]];
    const rounding = unitRoundoff * (Math.abs(left) + Math.abs(right) + passed) + 3 * smallestNormal;
    value[i] = left + right;
    tolerance[i] = Number.isNaN(left) || Number.isNaN(right) ? passed : rounding + passed;
  }
  return { shape, value, tolerance };
};

/** For each element of `output`, the position in a tensor of shape `input` that broadcasting reads. */
function broadcastPositions(input: Shape, output: Shape): Uint32Array {
  const outStrides = stridesOf(output);
  const missing = output.length - input.length;
  const steps = stridesOf(input).map((stride, axis) => (input[axis] === 1 ? 0 : stride));
  return Uint32Array.from({ length: countElements(output) }, (_, position) =>
    steps.reduce((sum, step, axis) => {
      const index = Math.floor(position / outStrides[axis + missing]) % output[axis + missing];
      return sum + index * step;
    }, 0),
  );
}
