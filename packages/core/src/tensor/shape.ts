import { ShapeError } from '../errors.js';

/** Sizes of a tensor's axes, outermost first; row-major. */
export type Shape = readonly number[];

/** One axis: a size, or the name of a size that is known only when the network runs (`'batch'`, `'height'`). */
export type Dim = number | string;

/** A shape whose sizes may be open. */
export type SymbolicShape = readonly Dim[];

/** Number of elements; 1 for a scalar. */
export function countElements(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Elements between neighbours along each axis of a row-major tensor. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1] * shape[axis + 1];
  }
  return strides;
}

/** `[1,64,112,112]`, as all messages print shapes. */
export function formatShape(shape: SymbolicShape): string {
  return `[${shape.join(',')}]`;
}

/** Whether two shapes have the same sizes, names of open sizes included. */
export function sameShape(a: SymbolicShape, b: SymbolicShape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** Whether every size is a number. */
export function isConcrete(shape: SymbolicShape): shape is Shape {
  return shape.every((size) => typeof size === 'number');
}

/** The shape with every size known. Throws `ShapeError` where one is still open. */
export function toConcrete(shape: SymbolicShape, where: string): Shape {
  if (isConcrete(shape)) return shape;
  throw new ShapeError({
    where,
    got: `shape ${formatShape(shape)} with open sizes`,
    want: 'every size to be a number',
    hint: 'give the input shapes to inferShapes',
  });
}

/** The non-negative axis that `axis` (may count from the end) stands for. `ShapeError` when there is none. */
export function normaliseAxis(axis: number, rank: number, where: string): number {
  const found = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(axis) && found >= 0 && found < rank) return found;
  throw new ShapeError({ where, got: `axis ${axis}`, want: `a whole number from ${-rank} to ${rank - 1}` });
}

/** The product of some axes; a name such as `channels·height` when one is open. */
export function productOf(dims: SymbolicShape): Dim {
  const known = dims.reduce<number>((product, size) => (typeof size === 'number' ? product * size : product), 1);
  const open = dims.filter((size) => typeof size === 'string');
  if (open.length === 0) return known;
  return known === 1 ? open.join('·') : [known, ...open].join('·');
}

/** A size as `productOf` names it: the number in front, 1 where there is none, and the open rest, `''` where all is known. */
export function splitProduct(size: Dim): { readonly known: number; readonly open: string } {
  let [known, open] = typeof size === 'number' ? [size, ''] : [1, size];
  for (let found = LEADING.exec(open); found !== null; found = LEADING.exec(open)) {
    known *= Number(found[1]);
    open = found[2];
  }
  return { known, open };
}

const LEADING = /^(\d+)·(.+)$/;

/** The sum of some sizes; a name such as `(height+2)` when one is open. */
export function sumOf(dims: SymbolicShape): Dim {
  const known = dims.reduce<number>((sum, size) => (typeof size === 'number' ? sum + size : sum), 0);
  const open = dims.filter((size) => typeof size === 'string');
  if (open.length === 0) return known;
  return known === 0 && open.length === 1 ? open[0] : `(${(known === 0 ? open : [...open, known]).join('+')})`;
}

/** Whether two sizes can be equal: two numbers must be; an open size is checked once it is known. */
export function mayEqual(a: Dim, b: Dim): boolean {
  return typeof a === 'string' || typeof b === 'string' || a === b;
}
