import { axesOf, type Pair } from '../ops/window.js';
import { boundSum, passedOn, type SumBound, termRoundings } from './bounds.js';
import { type Correlation, correlate } from './correlate.js';
import { type Judged, openUnspecified } from './judged.js';
import { addMixedMagnitude } from './mixed-magnitude.js';
import type { OpReference } from './op-reference.js';
import { rectify } from './relu.js';

/**
 * y = b + Σ w·x over the window and the group's channels. NCHW, OIHW.
 *
 * tolerance = (K+1)·τ + C·u·(Σ|w|(|x| + E) + |b|) + Σ|w|E, K = in/groups·rows·columns (+ 1 with a bias): `boundSum`.
 * Windows cut at the border keep the full K, for a library may add the padding's zeros. The op is linear, so inputs off
 * by E move the result by at most Σ|w|E (or as `passedOn` says). Unless the library convolves directly, |x| is the
 * largest that its algorithm mixes in. A fused relu keeps the tolerance, as |max(a,0) − max(b,0)| ≤ |a − b|.
 */
export const conv2d: OpReference<'conv2d'> = ([x, weights, bias], { groups, activation, ...windowed }, context) => {
  const { shape, bounds } = context;
  const [, inPerGroup, rows, columns] = weights.shape;
  const window: Pair = [rows, columns];
  const sizes: Correlation = {
    input: x.shape,
    weights: weights.shape,
    output: shape,
    ...axesOf(window, windowed),
    groups,
  };
  const terms = inPerGroup * rows * columns + (bias === undefined ? 0 : 1);
  const bound = boundSum(terms, bounds, 'rounded');
  const y = startFromBias(bias, shape, bound);
  correlate(x.value, weights.value, y.value, sizes);
  const roundings = termRoundings(x, bound);
  if (bounds.convolution === 'direct') correlate(roundings, weights.value.map(Math.abs), y.tolerance, sizes);
  else
    addMixedMagnitude(
      roundings,
      weights.value,
      y.tolerance,
      sizes,
      bounds.convolution === 'winograd' ? 'tile' : 'plane',
    );
  addPassedOn(x.tolerance, weights.value, y.tolerance, sizes, passedOn(bounds));
  openUnspecified(y, bound.limit);
  return activation === 'relu' ? rectify(y, bounds) : y;
};

/** tolerance += (Σ (|w|·E)^norm)^(1/norm) */
function addPassedOn(
  errors: Float64Array,
  weights: Float64Array,
  tolerance: Float64Array,
  sizes: Correlation,
  norm: 1 | 2,
): void {
  if (errors.every((error) => error === 0)) return;
  const passed = new Float64Array(tolerance.length);
  const raised = (value: number) => Math.abs(value) ** norm;
  correlate(errors.map(raised), weights.map(raised), passed, sizes);
  for (let i = 0; i < passed.length; i++) tolerance[i] += passed[i] ** (1 / norm);
}

/** Sums that hold only the bias so far, and the part of the tolerance that comes from it. */
function startFromBias(bias: Judged | undefined, shape: Judged['shape'], { floor, factor }: SumBound): Judged {
  const [batch, out, height, width] = shape;
  const value = new Float64Array(batch * out * height * width);
  const tolerance = new Float64Array(value.length).fill(floor);
  if (bias === undefined) return { shape, value, tolerance };
  const area = height * width;
  for (let plane = 0; plane < batch * out; plane++) {
    const b = bias.value[plane % out];
    value.fill(b, plane * area, (plane + 1) * area);
    tolerance.fill(floor + factor * Math.abs(b), plane * area, (plane + 1) * area);
  }
  return { shape, value, tolerance };
}
