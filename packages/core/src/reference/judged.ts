import type { Shape } from '../tensor/shape.js';
import type { TypedArray } from '../tensor/tensor.js';

/**
 * A tensor with, for each element, its exact value and how far a right result may be from it. Row-major.
 *
 * A NaN with a finite tolerance must be there; a tolerance of infinity says that anything may (NaN where the op leaves
 * it open, or sums that can overflow on the way), unless the value is infinite: an infinity must always be met.
 */
export interface Judged {
  readonly shape: Shape;
  readonly value: Float64Array;
  readonly tolerance: Float64Array;
}

/** These numbers themselves, with tolerance 0. Copies. */
export function exactly({ shape, data }: { readonly shape: Shape; readonly data: TypedArray }): Judged {
  return { shape: [...shape], value: Float64Array.from(data), tolerance: new Float64Array(data.length) };
}

/** Opens what is not specified: NaN results, and tolerances that are no number or above `limit`. In place. */
export function openUnspecified({ value, tolerance }: Judged, limit = Number.POSITIVE_INFINITY): void {
  for (let i = 0; i < value.length; i++) {
    if (Number.isNaN(value[i]) || !(tolerance[i] <= limit)) tolerance[i] = Number.POSITIVE_INFINITY;
  }
}
