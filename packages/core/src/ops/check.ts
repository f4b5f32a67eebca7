import { ShapeError } from '../errors.js';
import { type Dim, formatShape, mayEqual, type SymbolicShape } from '../tensor/shape.js';
import type { Windowed } from './window.js';

/** Throws `ShapeError` unless `value` is a whole number of at least `least`. */
export function checkWhole(where: string, what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ShapeError({ where, got: `${what} ${value}`, want: `a whole number of at least ${least}` });
}

/** Throws `ShapeError` unless `value` is a number that float32 has, rounded. */
export function checkFinite(where: string, what: string, value: number, hint?: string): void {
  if (Number.isFinite(value) && Number.isFinite(Math.fround(value))) return;
  throw new ShapeError({
    where,
    got: `${what} ${value}`,
    want: 'a finite float32',
    ...(hint !== undefined && { hint }),
  });
}

/** Throws `ShapeError` unless strides and dilations are at least 1 and paddings at least 0. */
export function checkWindowed(where: string, { stride, padding, dilation }: Windowed): void {
  for (const value of stride) checkWhole(where, 'stride', value, 1);
  for (const value of dilation) checkWhole(where, 'dilation', value, 1);
  for (const value of padding) checkWhole(where, 'padding', value, 0);
}

/** Throws `ShapeError` unless the shape has as many axes as `layout` names. */
export function checkRank(where: string, what: string, shape: SymbolicShape, layout: readonly string[]): void {
  if (shape.length === layout.length) return;
  throw new ShapeError({
    where,
    got: `${what} ${formatShape(shape)} with ${shape.length} axes`,
    want: `${layout.length} axes`,
    hint: `${what} is [${layout.join(', ')}]`,
  });
}

/** Throws `ShapeError` when axis `axis` of `shape` cannot have size `want`. */
export function checkSize(where: string, { what, shape, axis, want, meaning, layout }: SizeCheck): void {
  if (mayEqual(shape[axis], want)) return;
  throw new ShapeError({
    where,
    got: `${what} ${formatShape(shape)}`,
    want: `axis ${axis} = ${want} ${meaning}`,
    hint: `${what} ${what.endsWith('s') ? 'are' : 'is'} [${layout.join(', ')}]`,
  });
}

export interface SizeCheck {
  readonly what: string;
  readonly shape: SymbolicShape;
  readonly axis: number;
  readonly want: Dim;
  readonly meaning: string;
  readonly layout: readonly string[];
}

export const NCHW = ['batch', 'channels', 'height', 'width'] as const;
