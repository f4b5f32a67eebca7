import { type Dim, type Padding, type Pair, spanOf, type Windowed } from '@strata/core';
import fc from 'fast-check';

/** The pictures of a trial: how the input is declared, and the sizes of each run. */
export interface Pictures {
  readonly declared: readonly Dim[];
  readonly runs: readonly Readonly<Record<string, number>>[];
}

interface Size {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

const growth = fc.record({
  batch: fc.integer({ min: 1, max: 4 }),
  rows: fc.nat({ max: 3 }),
  columns: fc.nat({ max: 3 }),
});

/**
 * How often and at which sizes one executable runs. A larger picture or batch may come first or in between, and other
 * numbers of the same size before: what a run leaves behind shows in the next.
 */
export const plans = fc.record({
  batch: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, { arbitrary: fc.integer({ min: 2, max: 3 }), weight: 3 }),
  open: fc.boolean(),
  larger: fc.option(growth, { freq: 3 }),
  returns: fc.boolean(),
});

export type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never;

/** The pictures [batch, channels, height, width] of a plan whose main run has this size. */
export function picturesOf({ batch, open, larger, returns }: Plan, { channels, height, width }: Size): Pictures {
  const own = { batch, height, width };
  if (larger === null) {
    return {
      declared: open ? ['batch', channels, 'height', 'width'] : [batch, channels, height, width],
      runs: returns ? [own, own] : [own],
    };
  }
  const grown = { batch: larger.batch, height: height + larger.rows, width: width + larger.columns };
  return {
    declared: ['batch', channels, 'height', 'width'],
    runs: returns ? [own, grown, own] : [grown, own],
  };
}

/** A window along one axis, and an input size that it divides or leaves a remainder of. */
export interface AxisChoice {
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** Input pixels; at least 1. */
  readonly size: number;
}

/** Windows up to `most` pixels: strides, dilations, paddings that differ before and after, and a remainder. */
export function axesUpTo(most: number): fc.Arbitrary<AxisChoice> {
  return fc
    .record({
      window: fc.integer({ min: 1, max: most }),
      stride: fc.integer({ min: 1, max: 3 }),
      dilation: fc.oneof(
        { arbitrary: fc.constant(1), weight: 3 },
        { arbitrary: fc.integer({ min: 2, max: 3 }), weight: 2 },
      ),
      before: fc.nat({ max: 2 }),
      after: fc.nat({ max: 2 }),
      outputs: fc.oneof(
        { arbitrary: fc.integer({ min: 1, max: 4 }), weight: 7 },
        { arbitrary: fc.integer({ min: 5, max: 9 }), weight: 1 },
      ),
      remainder: fc.nat({ max: 5 }),
    })
    .map(({ outputs, remainder, ...axis }) => {
      const { stride, before, after } = axis;
      const exact = (outputs - 1) * stride + spanOf(axis) - before - after;
      return { ...axis, size: Math.max(1, exact + (remainder % stride)) };
    });
}

/** The same steps under another window, on a picture just large enough for so many outputs. */
export function refit(axis: AxisChoice, window: number, outputs: number): AxisChoice {
  const { stride, dilation, before, after } = axis;
  const exact = (outputs - 1) * stride + spanOf({ window, dilation }) - before - after;
  return { ...axis, window, size: Math.max(1, exact) };
}

/**
 * Where padding is: as it was drawn; nowhere; all of it after the picture; or as much on either side as gives one window
 * a pixel, the odd one after it, which TensorFlow calls 'same'. Libraries have ways of their own for the last two.
 */
export type Placement = 'drawn' | 'bare' | 'after' | 'same';

/** Mostly as drawn, on both axes alike. */
export const placements: fc.Arbitrary<Placement> = fc.constantFrom('drawn', 'drawn', 'drawn', 'drawn', 'after', 'same');

/** The same windows with their padding so; pixels take the place of padding that goes. */
export function placePadding(axis: AxisChoice, placement: Placement): AxisChoice {
  if (placement === 'drawn') return axis;
  const around = placement === 'same' ? spanOf(axis) - 1 : 0;
  const before = Math.floor(around / 2);
  const after = placement === 'after' ? axis.after : around - before;
  return { ...axis, before, after, size: Math.max(1, axis.size + axis.before + axis.after - before - after) };
}

/** Both axes of a window as the ops take them. */
export function toWindow(
  rows: AxisChoice,
  columns: AxisChoice,
): Windowed & { readonly window: Pair; readonly padding: Padding } {
  return {
    window: [rows.window, columns.window],
    stride: [rows.stride, columns.stride],
    dilation: [rows.dilation, columns.dilation],
    padding: [rows.before, columns.before, rows.after, columns.after],
  };
}

/** A shape of `least` to six axes with small sizes; of six with smaller ones, for libraries end there or before. */
export function shapesFrom(least: number): fc.Arbitrary<number[]> {
  return fc.oneof(
    { arbitrary: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: least, maxLength: 5 }), weight: 9 },
    { arbitrary: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }), weight: 1 },
  );
}

/** Any axis of a shape, counted from the start or from the end. */
export function axisOf(rank: number, pick: number): number {
  return (pick % (2 * rank)) - rank;
}

/** A shape declared as it is, or with every axis open, and one run, or again with other numbers, or with the first axis longer before. */
export function runsOfShape(shape: readonly number[], { open, larger, returns }: Plan): Pictures {
  const names = shape.map((_, axis) => `d${axis}`);
  const sizes = Object.fromEntries(names.map((name, axis) => [name, shape[axis]]));
  if (larger === null || shape.length === 0) {
    return { declared: open ? names : shape, runs: returns ? [sizes, sizes] : [sizes] };
  }
  const grown = { ...sizes, d0: sizes.d0 + larger.rows };
  return { declared: names, runs: returns ? [sizes, grown, sizes] : [grown, sizes] };
}
