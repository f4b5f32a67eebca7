import type { ComputeKind, Tensor } from '@strata/core';
import type { Judged } from '@strata/core/reference';
import type fc from 'fast-check';
import type { Trial } from '../trial.js';

/** An equation between computations that holds whatever the numbers are. */
export interface Law {
  /** `conv2d is linear`. */
  readonly name: string;
  /** Ops that it speaks of. */
  readonly ops: readonly ComputeKind[];
  readonly cases: fc.Arbitrary<LawCase>;
}

/** One instance of a law. */
export interface LawCase {
  readonly left: Side;
  readonly right: Side;
}

/**
 * One side of an equation: what the device computes, and how the host puts it together. `combine` may move numbers,
 * add them in float64 and scale them by powers of two, tolerances alike: it adds no rounding of its own.
 */
export interface Side {
  readonly trials: readonly Trial[];
  combine(results: readonly Judged[]): Judged;
}

/** A side that is one model's first output, as the device gives it. */
export function plain(trial: Trial): Side {
  return { trials: [trial], combine: ([result]) => result };
}

/** A side that takes some places along an axis of one model's output. */
export function takeFrom(trial: Trial, axis: number, places: readonly number[]): Side {
  return { trials: [trial], combine: ([result]) => takeJudged(result, axis, places) };
}

/** The places `places` along an axis, in their order. */
export function take(tensor: Tensor, axis: number, places: readonly number[]): Tensor {
  const { shape, from } = planTake(tensor.shape, axis, places);
  return { shape, dtype: 'float32', data: Float32Array.from(from, (i) => tensor.data[i]) };
}

export function takeJudged({ shape: old, value, tolerance }: Judged, axis: number, places: readonly number[]): Judged {
  const { shape, from } = planTake(old, axis, places);
  return {
    shape,
    value: Float64Array.from(from, (i) => value[i]),
    tolerance: Float64Array.from(from, (i) => tolerance[i]),
  };
}

/** The sum of two results of one shape; tolerances add up. */
export function sumJudged([a, b]: readonly Judged[]): Judged {
  return {
    shape: a.shape,
    value: a.value.map((x, i) => x + b.value[i]),
    tolerance: a.tolerance.map((x, i) => x + b.tolerance[i]),
  };
}

/** Tensors one after another along the first axis. */
export function stack(tensors: readonly Tensor[]): Tensor {
  const [, ...rest] = tensors[0].shape;
  const data = Float32Array.from(tensors.flatMap((tensor) => [...tensor.data]));
  return { shape: [tensors.reduce((sum, { shape }) => sum + shape[0], 0), ...rest], dtype: 'float32', data };
}

/** 0, 1 … count − 1, from `first` on. */
export function range(count: number, first = 0): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** For every element of the result, the element that it comes from. */
function planTake(
  old: readonly number[],
  axis: number,
  places: readonly number[],
): { shape: number[]; from: number[] } {
  const shape = old.map((size, i) => (i === axis ? places.length : size));
  const inner = old.slice(axis + 1).reduce((product, size) => product * size, 1);
  const outer = old.slice(0, axis).reduce((product, size) => product * size, 1);
  const from = range(outer).flatMap((block) =>
    places.flatMap((place) => range(inner, (block * old[axis] + place) * inner)),
  );
  return { shape, from };
}
