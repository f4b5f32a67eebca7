import { ShapeError } from '../errors.js';
import { formatShape } from '../tensor/shape.js';
import type { Value } from './value.js';

/** A size that weights depend on, so it cannot stay open. `ShapeError` that starts with `where`. */
export function knownSize(where: string, x: Value, axis: number, what: string): number {
  const size = x.shape[axis];
  if (typeof size === 'number') return size;
  throw new ShapeError({
    where,
    got: `${x.name} ${formatShape(x.shape)}`,
    want: size === undefined ? `axis ${axis} = ${what}` : `a number of ${what} on axis ${axis}, not a name`,
    hint: size === undefined ? undefined : 'the size of the weights depends on it',
  });
}
