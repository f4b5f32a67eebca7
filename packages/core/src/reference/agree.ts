import { GraphError, ShapeError } from '../errors.js';
import { formatShape, type Shape, sameShape, stridesOf } from '../tensor/shape.js';
import type { Tensor, TypedArray } from '../tensor/tensor.js';
import { float32 } from './bounds.js';
import type { Judged } from './judged.js';

/** One element that was compared. */
export interface ComparedElement {
  /** Its index on each axis. */
  readonly position: readonly number[];
  readonly got: number;
  readonly want: number;
  readonly tolerance: number;
  /** Error as a share of the tolerance; above 1 it fails. */
  readonly fraction: number;
}

/** How far a result is from the reference. Plain data. */
export interface Agreement {
  /** Elements compared. */
  readonly checked: number;
  readonly failed: number;
  /** The largest error as a share of its tolerance; 0 when all are exact, infinity where nothing was allowed. */
  readonly worst: number;
  /** The elements with the five largest shares above 0, worst first. */
  readonly worstElements: readonly ComparedElement[];
}

const LISTED = 5;

/** The largest float32 below the normal numbers. */
const LARGEST_SUBNORMAL = float32.smallestNormal - 2 ** -149;

/** Compares a float32 result with the reference. `ShapeError` when the number of elements differs. */
export function agree({ shape, value, tolerance }: Judged, got: TypedArray): Agreement {
  if (got.length !== value.length) {
    throw new ShapeError({
      where: 'agree',
      got: `${got.length} elements`,
      want: `${value.length} for ${formatShape(shape)}`,
    });
  }
  let failed = 0;
  const worst: { at: number; fraction: number }[] = [];
  for (let at = 0; at < value.length; at++) {
    const fraction = fractionOf(got[at], value[at], tolerance[at]);
    if (fraction > 1) failed++;
    if (fraction === 0 || (worst.length === LISTED && fraction <= worst[LISTED - 1].fraction)) continue;
    const rank = worst.findIndex((listed) => listed.fraction < fraction);
    worst.splice(rank === -1 ? worst.length : rank, 0, { at, fraction });
    worst.length = Math.min(worst.length, LISTED);
  }
  return {
    checked: value.length,
    failed,
    worst: worst[0]?.fraction ?? 0,
    worstElements: worst.map(({ at, fraction }) => ({
      position: positionOf(at, shape),
      got: got[at],
      want: value[at],
      tolerance: tolerance[at],
      fraction,
    })),
  };
}

/**
 * Compares every judged value with the tensor of its name. `GraphError` when one is missing, `ShapeError` when it does
 * not fit.
 */
export function compareOutputs(
  judged: ReadonlyMap<string, Judged>,
  got: Readonly<Record<string, Tensor>>,
): ReadonlyMap<string, Agreement> {
  return new Map(
    [...judged].map(([name, want]) => {
      if (!Object.hasOwn(got, name)) {
        throw new GraphError({ where: `output '${name}'`, got: Object.keys(got).join(', ') || 'nothing', want: name });
      }
      if (!sameShape(got[name].shape, want.shape)) {
        const shapes = { got: formatShape(got[name].shape), want: formatShape(want.shape) };
        throw new ShapeError({ where: `output '${name}'`, ...shapes });
      }
      return [name, agree(want, got[name].data)];
    }),
  );
}

/**
 * |got − want| / tolerance. −0 equals +0; a value that may be subnormal may be zero; what may be beyond float32's range
 * may be infinite. Where NaN is wanted with a finite tolerance it must be there, elsewhere it never may.
 */
function fractionOf(got: number, want: number, tolerance: number): number {
  if (got === want) return 0;
  if (Math.abs(want) === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (tolerance === Number.POSITIVE_INFINITY) return 0;
  if (Number.isNaN(want)) return Number.isNaN(got) ? 0 : Number.POSITIVE_INFINITY;
  if (Number.isNaN(got)) return Number.POSITIVE_INFINITY;
  if (Math.abs(got) === Number.POSITIVE_INFINITY) {
    const reached = Math.sign(got) * want + tolerance > float32.largest;
    return reached ? 0 : Number.POSITIVE_INFINITY;
  }
  return Math.abs(got - want) / (got === 0 ? tolerance + LARGEST_SUBNORMAL : tolerance);
}

function positionOf(at: number, shape: Shape): number[] {
  return stridesOf(shape).map((stride, axis) => Math.floor(at / stride) % shape[axis]);
}

/** One line that sums up, then one for each of the worst elements. `where` names the value and what computed it. */
export function formatDisagreement({ checked, failed, worst, worstElements }: Agreement, where = 'result'): string {
  const summary =
    failed === 0
      ? `${where}: all ${checked} elements agree, the worst at ${formatNumber(worst)} of its tolerance`
      : `${where}: ${failed} of ${checked} elements disagree, the worst at ${formatNumber(worst)} times its tolerance`;
  const lines = worstElements.map(
    ({ position, got, want, tolerance, fraction }) =>
      `  [${position.join(',')}] got ${got}, want ${want}, off by ${formatNumber(Math.abs(got - want))}, ` +
      `tolerance ${formatNumber(tolerance)} (${formatNumber(fraction)}×)`,
  );
  return [summary, ...lines].join('\n');
}

function formatNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}
